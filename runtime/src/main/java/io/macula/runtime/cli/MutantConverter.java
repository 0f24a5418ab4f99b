package io.macula.runtime.cli;

import io.macula.crdt.sim.Mutant;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads the names of planted bugs on the command line.
final class MutantConverter implements ITypeConverter<Mutant> {

    @Override
    public Mutant convert(String value) {
        return Arrays.stream(Mutant.values())
                .filter(mutant -> name(mutant).equals(value))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + value + "' is none of "
                        + Arrays.stream(Mutant.values())
                                .map(MutantConverter::name)
                                .collect(Collectors.joining(", "))));
    }

    private static String name(Mutant mutant) {
        return mutant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
