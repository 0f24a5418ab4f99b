package io.macula.app.observe;

import io.opentelemetry.api.trace.Tracer;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;

/// Log lines, figures and steps of a workload. The figures stand at the node's `/metrics` as
/// `app_WORKLOAD_NAME`, with the label `workload`, until they are closed or the workload ends. Safe to use from any
/// thread.
///
/// A name is 1 to 60 lower-case letters, digits and `_`, a letter first: `matches_played`. It
/// carries neither a unit nor `_total`: those are added. What is asked for again under the same name is the same figure.
///
/// A workload has at most [#METERS_MAX] figures, and one name has one kind. A figure that finds no room is shown
/// nowhere, and the node says so in its log and in `macula_app_meters_refused_total`: a workload does
/// not end for want of a figure.
public interface Observe {

    /// Figures of one workload.
    int METERS_MAX = 100;

    /// Where the workload logs. Facts go into key-values; never payloads or keys.
    ///
    /// @param name of the part that speaks, such as a class
    Logger log(String name);

    /// Shows no figures, and logs: for tests of workloads.
    static Observe unseen() {
        return new Unseen();
    }

    /// Counts what happens, from zero up.
    ///
    /// @throws IllegalArgumentException when the name breaks the rule
    Counter counter(String name);

    /// Asked at each look at the figures, on any thread; must not block. One that throws is shown as no number.
    ///
    /// @throws IllegalArgumentException when the name breaks the rule
    Meter gauge(String name, DoubleSupplier value);

    /// How long something takes, shown as how many there were, their sum, and how many took no longer than each
    /// of some bounds between 0.5 ms and 10 s.
    ///
    /// @throws IllegalArgumentException when the name breaks the rule
    Timer timer(String name);

    /// Opens a step within the request or message that this thread handles, shown in its trace. Costs next to
    /// nothing when that is not recorded.
    ///
    /// @param name what is done, the same each time: `price the basket`; at most 128 characters are kept
    Span span(String name);

    /// OpenTelemetry's own interface to the same, for libraries that speak it.
    Tracer tracer();
}
