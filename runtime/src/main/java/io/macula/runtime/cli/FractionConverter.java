package io.macula.runtime.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads shares of a whole on the command line.
final class FractionConverter implements ITypeConverter<Double> {

    @Override
    public Double convert(String value) {
        try {
            var fraction = Double.parseDouble(value);
            if (fraction >= 0 && fraction < 1) {
                return fraction;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, like a number out of range.
        }
        throw new TypeConversionException(
                "'" + value + "' is not a fraction from 0 to below 1, such as 0.05");
    }
}
