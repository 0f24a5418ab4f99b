package io.macula.runtime.why;

import java.util.Locale;
import java.util.Optional;

/// What is asked about.
///
/// @param name
///            of the topic or service, well-formed
public record Matter(Kind kind, String name) {

    /// A message or a call.
    public enum Kind {
        TOPIC, SERVICE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Kind> of(String word) {
            return switch (word) {
                case "topic" -> Optional.of(TOPIC);
                case "service" -> Optional.of(SERVICE);
                default -> Optional.empty();
            };
        }
    }
}
