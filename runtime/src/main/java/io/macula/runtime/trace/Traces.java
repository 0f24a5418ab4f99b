package io.macula.runtime.trace;

import io.macula.actors.trace.Tracing;
import io.macula.dht.NodeId;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The traces of one node: begins spans, keeps them for a while, and gathers those of a trace from the
/// nodes around. Safe to use from any thread.
public final class Traces implements AutoCloseable {

    /// Gathers spans of a trace from other nodes.
    @FunctionalInterface
    public interface Others {

        /// What the other nodes say; the stage never fails and completes within `patience`.
        CompletionStage<List<SpanLine>> spans(String traceId, Duration patience);
    }

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    private final TraceStore store;
    private final SdkTracerProvider provider;
    private final Tracing tracing;
    private volatile @Nullable Others others;

    private Traces(TraceStore store, SdkTracerProvider provider, Sampling sampling) {
        this.store = store;
        this.provider = provider;
        this.tracing = new Tracing(provider.get("io.macula"), sampling);
    }

    /// Those of the node `self`.
    public static Traces of(NodeId self, TraceTuning tuning) {
        var store = new TraceStore(self.hex(), tuning.tracesMax(), tuning.spansMax());
        var sampling = new Sampling(tuning.ratio(), tuning.perSecondMax(), System::nanoTime);
        var provider = SdkTracerProvider.builder().setSampler(sampling).addSpanProcessor(store);
        if (!tuning.otlp().isEmpty()) {
            provider.addSpanProcessor(OtlpExporter.to(URI.create(tuning.otlp()), self.hex()));
        }
        return new Traces(store, provider.build(), sampling);
    }

    /// Begins the spans of this node.
    public Tracing tracing() {
        return tracing;
    }

    /// From now on others can be asked.
    public void asks(Others reachable) {
        others = reachable;
    }

    /// The latest traces this node took part in, the latest first.
    public List<TraceLine> recent(int most) {
        return store.recent(most);
    }

    /// What this node did for a trace, in the order in which it began; empty when it knows nothing of it.
    public List<SpanLine> find(String traceId) {
        return store.find(traceId);
    }

    /// What this node and those it talks to did for a trace. The stage never fails and completes within
    /// `patience`, with what was heard until then.
    public CompletionStage<List<SpanLine>> findEverywhere(String traceId, Duration patience) {
        var asked = others;
        var here = find(traceId);
        return asked == null
                ? CompletableFuture.completedStage(here)
                : asked.spans(traceId, patience).thenApply(there -> SpanSet.of(here, there));
    }

    /// What was not sent yet is sent, if that is done in a moment.
    @Override
    public void close() {
        CompletableResultCode closed = provider.shutdown();
        closed.join(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }
}
