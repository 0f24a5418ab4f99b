package io.macula.runtime.trace;

import io.macula.actors.trace.Tracing;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/// Which spans are recorded: a share of the roots, no more of them in a second than allowed, and whatever
/// belongs to a recorded trace. What other nodes ask to be recorded has a limit of its own, so that
/// nobody can make this node do nothing else.
final class Sampling implements Tracing.Choice, Sampler {

    /// Spans of traces that began elsewhere, in a second.
    static final int CONTINUED_PER_SECOND_MAX = 2_000;

    private final double ratio;
    private final PerSecond roots;
    private final PerSecond continued;

    Sampling(double ratio, int rootsPerSecondMax, LongSupplier nanoClock) {
        this.ratio = ratio;
        this.roots = new PerSecond(rootsPerSecondMax, nanoClock);
        this.continued = new PerSecond(CONTINUED_PER_SECOND_MAX, nanoClock);
    }

    @Override
    public boolean root() {
        return ratio > 0 && (ratio >= 1 || ThreadLocalRandom.current().nextDouble() < ratio)
                && roots.take();
    }

    @Override
    public boolean continued() {
        return continued.take();
    }

    /// The parent decides; without one it is a root, which was chosen already or is chosen here.
    @Override
    public SamplingResult shouldSample(Context parentContext, String traceId, String name,
            SpanKind kind, Attributes attributes, List<LinkData> links) {
        var parent = Span.fromContext(parentContext).getSpanContext();
        var isRecorded = parent.isValid()
                ? parent.isSampled()
                : parentContext.get(Tracing.CHOSEN) != null || root();
        return isRecorded ? SamplingResult.recordAndSample() : SamplingResult.drop();
    }

    @Override
    public String getDescription() {
        return "Macula";
    }
}
