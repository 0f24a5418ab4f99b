package io.macula.runtime;

import io.macula.actors.health.HealthReport;
import io.macula.actors.health.NodeStatus;
import io.macula.dht.NodeId;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/// What a node says of itself: who it is, how its parts are, and its figures.
record NodeReports(NodeId self, NodeSettings settings, NodeStatus status) {

    HealthReport starting() {
        return new HealthReport(self.hex(), settings.name(), role(), settings.realm().name(),
                false, false, Duration.ZERO, status.checks(), Map.of());
    }

    HealthReport running(Duration uptime, Map<String, Long> figures,
            Map<String, String> parts) {
        return new HealthReport(self.hex(), settings.name(), role(), settings.realm().name(),
                status.isReady(), status.isDraining(), uptime, status.checks(), figures,
                parts);
    }

    private String role() {
        return settings.role().name().toLowerCase(Locale.ROOT);
    }
}
