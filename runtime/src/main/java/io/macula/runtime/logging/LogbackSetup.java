package io.macula.runtime.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.Logger;

/// Configures Logback without a file: quicker to start, and nothing to get lost.
public final class LogbackSetup extends ContextAwareBase implements Configurator {

    private static final String PATTERN = "%d{HH:mm:ss.SSS} %-5level %logger{0}: %msg %kvp{NONE}%n%ex";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        var encoder = Logging.isJson() ? new JsonLines() : text();
        encoder.setContext(context);
        encoder.start();
        var stderr = new ConsoleAppender<ILoggingEvent>();
        stderr.setContext(context);
        stderr.setName("stderr");
        stderr.setTarget("System.err");
        stderr.setEncoder(encoder);
        stderr.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(stderr);
        // What a member does not reach, and a port that is taken, is told in a sentence; each failed
        // attempt need not be.
        context.getLogger("org.apache.pekko.io").setLevel(Level.OFF);
        context.getLogger("org.apache.pekko.remote").setLevel(Level.ERROR);
        context.getLogger("org.apache.pekko.stream").setLevel(Level.ERROR);
        context.getLogger("org.apache.ratis").setLevel(Level.ERROR);
        context.getLogger("io.macula").setLevel(Level.toLevel(Logging.level().name()));
        context.getLogger("app").setLevel(Level.toLevel(Logging.level().name())); // workloads
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static EncoderBase<ILoggingEvent> text() {
        var encoder = new PatternLayoutEncoder();
        encoder.setPattern(PATTERN);
        return encoder;
    }
}
