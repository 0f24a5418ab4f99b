package io.macula.runtime.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValue;
import io.macula.actors.cluster.ClusterAddress;
import io.macula.actors.cluster.ClusterSettings;
import io.macula.actors.link.PeerAddress;
import io.macula.dht.NodeId;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What may stand behind a key. Each form says in words what it accepts, so that a refusal can
/// tell the user what to write instead.
sealed interface SettingForm {

    /// A single line of text.
    record Text(int lengthMin, int lengthMax) implements SettingForm {

        @Override
        public String expected() {
            return "text of " + lengthMin + " to " + lengthMax + " characters without blanks";
        }

        @Override
        public boolean accepts(ConfigValue value) {
            var text = scalar(value);
            return text.isPresent() && text.get().length() >= lengthMin
                    && text.get().length() <= lengthMax
                    && text.get().chars().noneMatch(c -> Character.isWhitespace(c) || c < ' ');
        }
    }

    /// A path of a file or folder, or nothing.
    record FilePath() implements SettingForm {

        @Override
        public String expected() {
            return "a path";
        }

        @Override
        public boolean accepts(ConfigValue value) {
            return scalar(value).filter(text -> text.indexOf('\0') < 0).isPresent();
        }
    }

    /// One of a few words.
    record Choice(List<String> words) implements SettingForm {

        public Choice {
            words = List.copyOf(words);
        }

        @Override
        public String expected() {
            return String.join(" or ", words);
        }

        @Override
        public boolean accepts(ConfigValue value) {
            return scalar(value).filter(words::contains).isPresent();
        }
    }

    /// Yes or no.
    record Switch() implements SettingForm {

        @Override
        public String expected() {
            return "true or false";
        }

        @Override
        public boolean accepts(ConfigValue value) {
            return scalar(value).filter(List.of("true", "false")::contains).isPresent();
        }
    }

    /// A whole number.
    record Whole(int min, int max) implements SettingForm {

        @Override
        public String expected() {
            return "a whole number from " + min + " to " + max;
        }

        @Override
        public boolean accepts(ConfigValue value) {
            var number = scalar(value).filter(text -> text.matches("-?[0-9]{1,10}"))
                    .map(Long::parseLong);
            return number.isPresent() && number.get() >= min && number.get() <= max;
        }
    }

    /// A share of a whole.
    record Fraction() implements SettingForm {

        @Override
        public String expected() {
            return "a number from 0 to 1, such as 0.05";
        }

        @Override
        public boolean accepts(ConfigValue value) {
            try {
                var share = value.atKey("x").getDouble("x");
                return share >= 0 && share <= 1;
            } catch (ConfigException e) {
                return false;
            }
        }
    }

    /// Where something is sent by HTTP, or nothing.
    record WebAddress() implements SettingForm {

        @Override
        public String expected() {
            return "an address that begins with http:// or https://, such as"
                    + " http://127.0.0.1:4318/v1/traces";
        }

        @Override
        public boolean accepts(ConfigValue value) {
            return scalar(value).filter(text -> text.isEmpty() || isAddress(text)).isPresent();
        }

        private static boolean isAddress(String text) {
            try {
                var address = new URI(text);
                return address.getHost() != null && address.getRawUserInfo() == null
                        && List.of("http", "https").contains(address.getScheme());
            } catch (URISyntaxException e) {
                return false;
            }
        }
    }

    /// A number of bytes, with a unit or without.
    record Size(int min, int max) implements SettingForm {

        private static final int KIB = 1_024;
        private static final int MIB = KIB * KIB;

        @Override
        public String expected() {
            return "a size from " + text(min) + " to " + text(max) + ", such as "
                    + text(Math.clamp(MIB, min, max));
        }

        private static String text(int bytes) {
            if (bytes >= MIB && bytes % MIB == 0) {
                return bytes / MIB + " MiB";
            }
            return bytes >= KIB && bytes % KIB == 0 ? bytes / KIB + " KiB" : bytes + " B";
        }

        @Override
        public boolean accepts(ConfigValue value) {
            try {
                var bytes = value.atKey("x").getBytes("x");
                return bytes >= min && bytes <= max;
            } catch (ConfigException e) {
                return false;
            }
        }
    }

    /// A span of time with its unit; a bare number would leave the unit to guessing.
    record Span(Duration min, Duration max) implements SettingForm {

        @Override
        public String expected() {
            return "a time with its unit from " + TimeText.of(min) + " to " + TimeText.of(max)
                    + ", such as 10 s";
        }

        @Override
        public boolean accepts(ConfigValue value) {
            var span = scalar(value).flatMap(TimeText::parse);
            return span.isPresent() && span.get().compareTo(min) >= 0
                    && span.get().compareTo(max) <= 0;
        }
    }

    /// Where a peer is dialled.
    record Address() implements SettingForm {

        @Override
        public String expected() {
            return "host:port or macula://ID@host:port";
        }

        @Override
        public boolean accepts(ConfigValue value) {
            return scalar(value).flatMap(PeerAddress::parse).isPresent();
        }
    }

    /// Several addresses.
    record Addresses(int max) implements SettingForm {

        @Override
        public String expected() {
            return "a list of at most " + max + " of host:port or macula://ID@host:port";
        }

        @Override
        public boolean accepts(ConfigValue value) {
            return SettingForm.list(value)
                    .filter(items -> items.size() <= max
                            && items.stream().allMatch(item -> PeerAddress.parse(item).isPresent()))
                    .isPresent();
        }
    }

    /// Several node ids.
    record NodeIds(int max) implements SettingForm {

        @Override
        public String expected() {
            return "a list of at most " + max + " node ids of 40 hexadecimal digits";
        }

        @Override
        public boolean accepts(ConfigValue value) {
            return SettingForm.list(value)
                    .filter(items -> items.size() <= max
                            && items.stream().allMatch(item -> NodeId.parse(item).isPresent()))
                    .isPresent();
        }
    }

    /// Several addresses whose port has to be said.
    record HostPorts(int max) implements SettingForm {

        @Override
        public String expected() {
            return "a list of at most " + max + " of host:port";
        }

        @Override
        public boolean accepts(ConfigValue value) {
            return SettingForm.list(value)
                    .filter(items -> items.size() <= max && items.stream()
                            .allMatch(item -> ClusterAddress.parse(item).isPresent()))
                    .isPresent();
        }
    }

    /// Several names of machines, without ports.
    record HostNames(int max) implements SettingForm {

        @Override
        public String expected() {
            return "a list of at most " + max + " names of machines, such as node.example.com";
        }

        @Override
        public boolean accepts(ConfigValue value) {
            return SettingForm.list(value)
                    .filter(items -> items.size() <= max && items.stream()
                            .allMatch(item -> item.matches("[A-Za-z0-9._-]{1,255}")))
                    .isPresent();
        }
    }

    /// Letters and digits.
    record Word(String what) implements SettingForm {

        @Override
        public String expected() {
            return "a " + what + " of 1 to 64 letters, digits, dashes and underscores";
        }

        @Override
        public boolean accepts(ConfigValue value) {
            return scalar(value).filter(ClusterSettings::isWord).isPresent();
        }
    }

    /// Several roles of a member.
    record Roles(int max) implements SettingForm {

        @Override
        public String expected() {
            return "a list of at most " + max + " words that begin neither with dc- nor with node-";
        }

        @Override
        public boolean accepts(ConfigValue value) {
            return SettingForm.list(value)
                    .filter(items -> items.size() <= max
                            && items.stream().allMatch(ClusterSettings::isRole))
                    .isPresent();
        }
    }

    /// What may be written, in words that continue "has to be".
    String expected();

    boolean accepts(ConfigValue value);

    /// The text of a string, number or boolean.
    static Optional<String> scalar(ConfigValue value) {
        return switch (value.valueType()) {
            case STRING, NUMBER, BOOLEAN -> Optional.of(String.valueOf(value.unwrapped()));
            case OBJECT, LIST, NULL -> Optional.empty();
        };
    }

    /// The items of a list, which outside a file is written with commas.
    static Optional<List<String>> list(ConfigValue value) {
        if (value.unwrapped() instanceof List<?> items) {
            return items.stream().allMatch(String.class::isInstance)
                    ? Optional.of(items.stream().map(String.class::cast).toList())
                    : Optional.empty();
        }
        return scalar(value).map(text -> text.isBlank()
                ? List.<String>of()
                : List.of(text.strip().split("\\s*,\\s*", -1)));
    }
}
