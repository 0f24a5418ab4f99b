package io.macula.actors.link.quic;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/// Collects what Netty logs about buffers that were not released.
final class LeakWatch {

    private static final List<String> LEAKS = new CopyOnWriteArrayList<>();
    private static final String LOGGER = ResourceLeakDetector.class.getName();

    private LeakWatch() {}

    /// Makes Netty follow every buffer from now on. A second call does nothing.
    static synchronized void start() {
        var logger = (Logger) LoggerFactory.getLogger(LOGGER);
        if (logger.getAppender(LOGGER) == null) {
            var appender = new Collector();
            appender.setName(LOGGER);
            appender.setContext(logger.getLoggerContext());
            appender.start();
            logger.addAppender(appender);
        }
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    }

    /// Leaks found since the last call, after a look at what is unreachable now.
    static List<String> leaks() {
        for (var round = 0; round < 3; round++) {
            System.gc();
            ByteBufAllocator.DEFAULT.directBuffer(16).release();
        }
        var found = List.copyOf(LEAKS);
        LEAKS.removeAll(found);
        return found;
    }

    private static final class Collector extends AppenderBase<ILoggingEvent> {

        @Override
        protected void append(ILoggingEvent event) {
            LEAKS.add(event.getFormattedMessage());
        }
    }
}
