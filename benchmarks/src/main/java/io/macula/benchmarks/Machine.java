package io.macula.benchmarks;

import io.macula.benchmarks.compare.Otp;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.pekko.Version;
import org.jspecify.annotations.Nullable;

/// The machine and the versions that a measurement stands for. No names and no paths.
final class Machine {

    private Machine() {}

    /// Over the last minute; negative when the system does not tell.
    static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    static List<String> facts(@Nullable Otp otp, double load) {
        var facts = new ArrayList<String>();
        facts.add("%d cores, %s %s, load %.2f before".formatted(
                Runtime.getRuntime().availableProcessors(), System.getProperty("os.name"),
                System.getProperty("os.arch"), load).toLowerCase(Locale.ROOT));
        facts.add("JDK " + Runtime.version() + ", Pekko " + Version.current()
                + ", JMH " + org.openjdk.jmh.util.Version.getPlainVersion());
        if (otp != null) {
            facts.add(otp.version());
        }
        return facts;
    }
}
