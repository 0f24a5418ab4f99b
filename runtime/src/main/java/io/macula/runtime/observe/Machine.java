package io.macula.runtime.observe;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// What the process has taken of the machine, under the names that Prometheus' own clients use.
final class Machine {

    private Machine() {}

    static void name(Figures figures) {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        if (system == null) {
            return;
        }
        figures.seconds("process.cpu", "Time this process has kept processors busy.",
                () -> system.getProcessCpuTime() / 1e9);
        figures.gauge("process.cpu.usage", "Share of all processors, from 0 to 1.",
                system::getProcessCpuLoad);
        figures.gauge("system.cpus", "Processors this process may use.",
                system::getAvailableProcessors);
        figures.gauge("system.load.average.1m", "Tasks that ran or waited in the last minute.",
                system::getSystemLoadAverage);
    }
}
