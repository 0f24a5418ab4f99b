package io.macula.actors.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MomentTest {

    private static final long LASTING = Moment.LASTING.toNanos();

    private final AtomicLong version = new AtomicLong(7);
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);
    private final Moment<String> moment = new Moment<>(version::get, now::get);

    @Test
    void lastsAMomentAlsoWhenTheClockOverflows() {
        moment.put("a", "found", moment.version());

        now.addAndGet(LASTING - 1);
        assertThat(moment.now("a")).isEqualTo("found");
        now.addAndGet(1);
        assertThat(moment.now("a")).isNull();
        assertThat(moment.last("a")).isEqualTo("found");
    }

    @Test
    void isOverWhenWhatIsKnownChanges() {
        moment.put("a", "found", moment.version());
        version.incrementAndGet();

        assertThat(moment.now("a")).isNull();
    }

    @Test
    void whatWasFoundWhileThatChangedIsOldAtOnce() {
        var asOf = moment.version();
        version.incrementAndGet();
        moment.put("a", "found before", asOf);

        assertThat(moment.now("a")).isNull();
    }

    @Test
    void knowsNothingOfOtherNames() {
        moment.put("a", "found", moment.version());

        assertThat(moment.now("b")).isNull();
        assertThat(moment.last("b")).isNull();
    }

    @Test
    void holdsABoundedNumberOfNamesAndTheLatestOfThem() {
        for (var number = 0; number <= Moment.NAMES_MAX; number++) {
            moment.put("n" + number, "found", moment.version());
        }

        assertThat(moment.now("n" + Moment.NAMES_MAX)).isEqualTo("found");
        assertThat(moment.last("n0")).isNull();
    }
}
