package io.macula.runtime.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Sessions sessions = new Sessions(new SecureRandom());

    private Optional<String> word(String cookie) {
        return sessions.word(Optional.of(cookie), NOW);
    }

    @Test
    void knowItsOwnCookiesUntilTheyAreTooOld() {
        var cookie = sessions.begin(NOW);

        assertThat(word(cookie)).isPresent().isEqualTo(word(cookie));
        assertThat(sessions.word(Optional.of(cookie),
                NOW.plus(Sessions.LIFE).minusSeconds(1))).isPresent();
        assertThat(sessions.word(Optional.of(cookie), NOW.plus(Sessions.LIFE))).isEmpty();
    }

    @Test
    void giveEachItsOwnWord() {
        assertThat(word(sessions.begin(NOW))).isNotEqualTo(word(sessions.begin(NOW)));
    }

    @Test
    void doNotKnowThoseOfAnotherNode() {
        assertThat(word(new Sessions(new SecureRandom()).begin(NOW))).isEmpty();
    }

    @Test
    void doNotKnowACookieWhoseTimeWasStretched() {
        var cookie = sessions.begin(NOW).split("\\.");

        assertThat(word(cookie[0] + "." + (Long.parseLong(cookie[1]) + 1) + "." + cookie[2]))
                .isEmpty();
        assertThat(word(cookie[0].replace(cookie[0].charAt(0), 'f') + ".9" + cookie[1] + "."
                + cookie[2])).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a.b.c", "0.0.0", "%00", "999999999999999999999999"})
    void doNotKnowNonsense(String cookie) {
        assertThat(word(cookie)).isEmpty();
    }

    @Test
    void knowNobodyWithoutACookie() {
        assertThat(sessions.word(Optional.empty(), NOW)).isEmpty();
    }
}
