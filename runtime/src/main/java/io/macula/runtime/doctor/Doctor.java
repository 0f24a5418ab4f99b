package io.macula.runtime.doctor;

import io.macula.actors.cluster.ClusterSettings;
import io.macula.runtime.CoordinationTuning;
import io.macula.runtime.NodeSettings;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Looks at everything a node of these settings needs. Changes nothing.
public final class Doctor {

    private Doctor() {}

    /// @param skewed when the node runs: how many changes it saw whose time was too far ahead
    /// @param clockOf a node to compare the clock with
    public static List<Finding> look(NodeSettings settings, OptionalLong skewed,
            Optional<URI> clockOf) {
        var findings = new ArrayList<>(List.of(MachineChecks.java(Runtime.version().feature()),
                MachineChecks.nativeQuic(), MachineChecks.udp(), MachineChecks.files()));
        settings.quicAddress()
                .ifPresent(quic -> findings.add(PortChecks.quic(quic, skewed.isPresent())));
        settings.httpAddress()
                .ifPresent(http -> findings.add(PortChecks.http(http, skewed.isPresent())));
        settings.clusterSettings()
                .ifPresent(cluster -> findings.addAll(cluster(cluster,
                        settings.tuning().coordination(), skewed.isPresent())));
        settings.dataDirectory().ifPresent(folder -> {
            findings.add(FolderChecks.disk(folder));
            findings.add(FolderChecks.identity(folder));
        });
        findings.add(FolderChecks.realm(settings.realm()));
        findings.add(clockOf.map(ClockCheck::against)
                .orElseGet(() -> ClockCheck.seen(skewed.orElse(0))));
        return findings;
    }

    private static List<Finding> cluster(ClusterSettings cluster, CoordinationTuning coordination,
            boolean isRunning) {
        var own = new InetSocketAddress(cluster.host(), cluster.port());
        var findings = new ArrayList<Finding>();
        findings.add(PortChecks.cluster(own, isRunning));
        findings.add(PortChecks.seeds(cluster.seeds()
                .stream()
                .map(seed -> new InetSocketAddress(seed.host(), seed.port()))
                .filter(seed -> !seed.equals(own))
                .toList()));
        if (coordination.enabled()) {
            findings.add(PortChecks.coordination(
                    new InetSocketAddress(coordination.host(), coordination.port()), isRunning));
        }
        return findings;
    }
}
