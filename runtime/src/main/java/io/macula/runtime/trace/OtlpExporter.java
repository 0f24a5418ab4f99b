package io.macula.runtime.trace;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends spans to a collector, by OTLP over HTTP with JSON. What does not arrive is lost: the traces of a
/// node stay on the node. Says once when it begins to fail, and once when it works again.
final class OtlpExporter implements SpanExporter {

    private static final Logger LOG = LoggerFactory.getLogger(OtlpExporter.class);

    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(3);
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(10);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    /// Spans that wait to be sent; those that come then are not.
    private static final int WAITING_MAX = 2_048;
    private static final int BATCH_MAX = 256;

    private final URI endpoint;
    private final String node;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT_PATIENCE)
            .build();
    private final AtomicBoolean isFailing = new AtomicBoolean();

    private OtlpExporter(URI endpoint, String node) {
        this.endpoint = endpoint;
        this.node = node;
    }

    /// What takes the spans, in batches and off the threads that end them.
    ///
    /// @param node
    ///            whose spans they are
    static SpanProcessor to(URI endpoint, String node) {
        return BatchSpanProcessor.builder(new OtlpExporter(endpoint, node))
                .setScheduleDelay(PERIOD)
                .setMaxQueueSize(WAITING_MAX)
                .setMaxExportBatchSize(BATCH_MAX)
                .setExporterTimeout(ANSWER_PATIENCE)
                .build();
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        var request = HttpRequest.newBuilder(endpoint)
                .timeout(ANSWER_PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(OtlpJson.of(node, spans)))
                .build();
        var result = new CompletableResultCode();
        client.sendAsync(request, BodyHandlers.discarding()).whenComplete((response, failure) -> {
            if (failure != null) {
                failed(failure.getMessage() == null
                        ? failure.getClass().getSimpleName()
                        : failure.getMessage());
                result.fail();
            } else if (response.statusCode() / 100 != 2) {
                failed("it answered " + response.statusCode());
                result.fail();
            } else {
                worked();
                result.succeed();
            }
        });
        return result;
    }

    private void failed(String why) {
        if (isFailing.compareAndSet(false, true)) {
            LOG.atWarn()
                    .addKeyValue("endpoint", endpoint)
                    .addKeyValue("why", why)
                    .log("traces cannot be sent; those of this time are on the node only");
        }
    }

    private void worked() {
        if (isFailing.compareAndSet(true, false)) {
            LOG.atInfo().addKeyValue("endpoint", endpoint).log("traces are sent again");
        }
    }

    @Override
    public CompletableResultCode flush() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
        client.shutdownNow();
        return CompletableResultCode.ofSuccess();
    }
}
