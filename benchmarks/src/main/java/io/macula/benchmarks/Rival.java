package io.macula.benchmarks;

import io.macula.benchmarks.traffic.Contestant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Whom something is compared with, by the name that is said on the command line.
///
/// @param contestant empty for Pekko's distributed data, with which only shared state is compared
record Rival(String name, Optional<Contestant> contestant) {

    static final Rival DDATA = new Rival(StateSubject.DDATA, Optional.empty());

    /// All names.
    static List<Rival> all() {
        var all = Arrays.stream(Contestant.values())
                .filter(each -> each != Contestant.MACULA)
                .map(Rival::of)
                .collect(Collectors.toList());
        all.add(DDATA);
        return List.copyOf(all);
    }

    static Rival of(Contestant contestant) {
        return new Rival(contestant.title(), Optional.of(contestant));
    }

    /// Reads a name.
    static final class Reader implements ITypeConverter<Rival> {

        @Override
        public Rival convert(String text) {
            return all().stream()
                    .filter(rival -> rival.name.equalsIgnoreCase(text.strip()))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'" + text
                            + "' is nobody to compare with; there are " + all().stream()
                                    .map(Rival::name)
                                    .collect(Collectors.joining(", "))));
        }
    }
}
