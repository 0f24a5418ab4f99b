package io.macula.it.linear;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import org.slf4j.LoggerFactory;

/// What voters and clients tell. `-Dmacula.linear.log=true` has voters tell their elections, on their standard error.
final class VoterLog {

    private static final String SETTING = "macula.linear.log";

    private VoterLog() {}

    /// What the command line of a voter says of it.
    static String flag() {
        return "-D" + SETTING + "=" + Boolean.getBoolean(SETTING);
    }

    /// Ratis tells every setting it reads, and each message that did not arrive.
    static void quiet() {
        logger(Logger.ROOT_LOGGER_NAME).setLevel(Level.ERROR);
        logger("org.apache.ratis").setLevel(Level.OFF);
    }

    /// In a voter, whose standard output answers questions.
    static void begin() {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        logger(Logger.ROOT_LOGGER_NAME).addAppender(standardError(context));
        quiet();
        if (Boolean.getBoolean(SETTING)) {
            logger("io.macula").setLevel(Level.DEBUG);
            logger("org.apache.ratis.server").setLevel(Level.INFO);
        }
    }

    private static ConsoleAppender<ILoggingEvent> standardError(LoggerContext context) {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%d{HH:mm:ss.SSS} %-5level %logger{0} %msg %kvp%n");
        encoder.start();
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }
}
