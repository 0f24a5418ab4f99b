package io.macula.runtime.console;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The parts of what a node shows; each page of the console wants some of them.
public enum Section {
    /// Who it is, how its parts are, and its figures.
    FACTS,
    /// The nodes it talks to.
    PEERS,
    /// Its supervision trees, a row for each place.
    TREES,
    /// What supervisors did lately.
    EVENTS,
    /// Its table of the DHT.
    DHT,
    /// The keys it shares, and what each comes to.
    STATE,
    /// The latest traces it took part in.
    TRACES;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Section> of(String text) {
        return Stream.of(values()).filter(each -> each.text().equals(text)).findFirst();
    }

    /// Those named in a list such as `facts,trees`; other words are left out.
    static Set<Section> list(String text) {
        var wanted = EnumSet.noneOf(Section.class);
        for (var word : text.split(",", -1)) {
            of(word).ifPresent(wanted::add);
        }
        return wanted;
    }
}
