package io.macula.runtime.console;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Who may look and act: a browser keeps a cookie that nobody else could have made, and its page says with
/// each deed what only a page of this node was told. Nothing is stored; a node that starts anew knows nobody.
final class Sessions {

    /// How long one may look without asking anew.
    static final Duration LIFE = Duration.ofHours(12);

    private static final int KEY_BYTES = 32;
    private static final int ID_BYTES = 16;
    private static final Pattern COOKIE = Pattern
            .compile("([0-9a-f]{32}\\.[0-9]{1,12})\\.([0-9a-f]{64})");

    private final SecretKeySpec key;
    private final SecureRandom random;

    Sessions(SecureRandom random) {
        this.random = random;
        var bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        this.key = new SecretKeySpec(bytes, "HmacSHA256");
    }

    /// A new cookie's value.
    String begin(Instant now) {
        var id = new byte[ID_BYTES];
        random.nextBytes(id);
        var body = HexFormat.of().formatHex(id) + "." + now.plus(LIFE).getEpochSecond();
        return body + "." + sign("session", body);
    }

    /// What the page of that cookie has to say with each deed; empty when the cookie is none of ours, or
    /// too old.
    Optional<String> word(Optional<String> cookie, Instant now) {
        return cookie.map(COOKIE::matcher)
                .filter(match -> match.matches() && isSame(match.group(2),
                        sign("session", match.group(1))))
                .map(match -> match.group(1))
                .filter(body -> Long.parseLong(body.substring(body.indexOf('.') + 1)) > now
                        .getEpochSecond())
                .map(body -> sign("word", body));
    }

    /// In a time that tells nothing.
    static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8),
                other.getBytes(StandardCharsets.UTF_8));
    }

    private String sign(String purpose, String body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return HexFormat.of()
                    .formatHex(mac.doFinal(
                            (purpose + "." + body).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
