package io.macula.runtime.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// Spans of time as people write them: `500ms`, `5 s`, `2m`, `1h`, `1d`.
public final class TimeText {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,9}) ?(ms|s|m|h|d)");

    private TimeText() {}

    /// The span, or empty when there is no unit or anything else is written.
    public static Optional<Duration> parse(String text) {
        var form = FORM.matcher(text.strip());
        if (!form.matches()) {
            return Optional.empty();
        }
        var amount = Long.parseLong(form.group(1));
        return Optional.of(switch (form.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        });
    }

    /// The span in the largest unit that leaves a whole number.
    public static String of(Duration span) {
        var millis = span.toMillis();
        if (millis % 1_000 != 0) {
            return millis + " ms";
        }
        var seconds = span.toSeconds();
        if (seconds >= 86_400 && seconds % 86_400 == 0) {
            return span.toDays() + " d";
        }
        if (seconds >= 3_600 && seconds % 3_600 == 0) {
            return span.toHours() + " h";
        }
        return seconds >= 60 && seconds % 60 == 0 ? span.toMinutes() + " m" : seconds + " s";
    }
}
