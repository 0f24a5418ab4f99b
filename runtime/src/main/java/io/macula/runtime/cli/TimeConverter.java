package io.macula.runtime.cli;

import io.macula.runtime.config.TimeText;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads spans of time on the command line.
final class TimeConverter implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String value) {
        return TimeText.parse(value)
                .filter(span -> span.isPositive() && span.compareTo(Duration.ofDays(1)) <= 0)
                .orElseThrow(() -> new TypeConversionException("'" + value
                        + "' is not a time with its unit from 1 ms to 1 d, such as 500ms or 10s"));
    }
}
