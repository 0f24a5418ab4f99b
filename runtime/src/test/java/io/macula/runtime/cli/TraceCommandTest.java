package io.macula.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.macula.actors.trace.Doing;
import io.macula.app.Rpc;
import io.macula.dht.NodeId;
import io.macula.runtime.control.ControlServer;
import io.macula.runtime.control.IdleControl;
import io.macula.runtime.json.Json;
import io.macula.runtime.trace.SpanLine;
import io.macula.runtime.trace.Spans;
import io.macula.runtime.trace.TraceTuning;
import io.macula.runtime.trace.Traces;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceCommandTest {

    private static final NodeId ONE = NodeId.parse("1".repeat(40)).orElseThrow();
    private static final NodeId TWO = NodeId.parse("2".repeat(40)).orElseThrow();

    @TempDir Path one;
    @TempDir Path two;

    private final List<ControlServer> servers = new ArrayList<>();
    private final Traces ofOne = running(ONE);
    private final Traces ofTwo = running(TWO);

    private static Traces running(NodeId node) {
        return Traces.of(node, TraceTuning.DEFAULT);
    }

    @AfterEach
    void close() {
        servers.forEach(ControlServer::close);
    }

    private void answer(Path folder, Traces traces) {
        var control = new IdleControl() {
            @Override
            public Optional<Traces> traces() {
                return Optional.of(traces);
            }
        };
        servers.add(((ControlServer.Started.Listening) ControlServer.start(folder, control))
                .server());
    }

    /// A call that one node made and another served.
    private String traced() {
        var call = ofOne.tracing().forced(Doing.CALL, "add");
        ofTwo.tracing().continued(Doing.SERVE, "add", call.traceparent()).end();
        call.end();
        answer(one, ofOne);
        answer(two, ofTwo);
        return call.traceId().orElseThrow();
    }

    private Terminal.Result run(String... line) {
        return new Terminal(new FakeMesh(), one).run(line);
    }

    private Terminal.Result trace(String id, String... more) {
        var line = new ArrayList<>(List.of("trace", id, "--data-dir", one.toString(),
                "--data-dir", two.toString()));
        line.addAll(List.of(more));
        return run(line.toArray(String[]::new));
    }

    private static JsonNode json(String line) {
        return ((Json.Parsed.Value) Json.parse(line)).node();
    }

    @Test
    void joinsWhatTheNodesItAsksKnowOfATrace() {
        var id = traced();

        var shown = trace(id);

        assertThat(shown.code()).isZero();
        assertThat(shown.out().lines()).hasSize(3);
        assertThat(shown.out().lines().toList().get(0)).startsWith("trace " + id
                + ": 2 spans on 2 nodes, ");
        assertThat(shown.out().lines().toList().get(1)).startsWith("call add     11111111  |=");
        assertThat(shown.out().lines().toList().get(2)).startsWith("  serve add  22222222  |");
    }

    @Test
    void programsGetOneObject() {
        var id = traced();

        var shown = json(trace(id, "--json").out());

        assertThat(shown.path("trace_id").asText()).isEqualTo(id);
        assertThat(shown.path("spans").findValuesAsText("name"))
                .containsExactlyInAnyOrder("call add", "serve add");
    }

    @Test
    void withoutAnIdTheLatestAreListed() {
        var id = traced();

        var listed = run("trace", "--data-dir", one.toString());

        assertThat(listed.code()).isZero();
        assertThat(listed.out()).contains(id).contains("call add");
        assertThat(json(run("trace", "--data-dir", two.toString(), "--json").out())
                .path("trace_id")
                .asText()).isEqualTo(id);
    }

    @Test
    void aTraceThatNobodyKnowsIsNotFound() {
        traced();

        var shown = trace(Spans.TRACE);

        assertThat(shown.code()).isEqualTo(3);
        assertThat(shown.err()).contains("no node that was asked knows trace " + Spans.TRACE);
    }

    @Test
    void aNodeThatIsNotThereIsNotFoundAndTheOthersAreAskedAllTheSame() {
        var id = traced();

        assertThat(trace(id, "--data-dir", one.resolve("nobody").toString()).code()).isZero();
        assertThat(run("trace", id, "--data-dir", one.resolve("nobody").toString()).code())
                .isEqualTo(3);
        assertThat(run("trace", id).code()).isEqualTo(3);
    }

    @Test
    void whatIsNoIdIsAUsageError() {
        assertThat(trace("4BF92F").code()).isEqualTo(2);
        assertThat(trace("4BF92F").err()).contains("32 lower-case hexadecimal digits");
    }

    @Test
    void aCallSaysUnderWhichTraceItWasRecorded() {
        var mesh = new FakeMesh().ending(new Rpc.Outcome.NoSuchProcedure("nobody offers it"));

        var called = new Terminal(mesh, one).run("call", "nobody.offers", "{}", "--trace");

        assertThat(called.err()).containsPattern("(?m)^trace [0-9a-f]{32}; see it with");
    }

    @Test
    void spansThatBelongToEachOtherInARingAreDrawnOnce() {
        List<SpanLine> ring = List.of(Spans.span(1, 2, "a", 0, 1), Spans.span(2, 1, "b", 0, 1),
                Spans.span(3, 3, "c", 0, 0));

        assertThat(new Waterfall(ring).lines(Spans.TRACE)).hasSize(4);
    }

    @Test
    void aBarIsNeverLongerThanItsFrame() {
        List<SpanLine> spans = List.of(Spans.span(1, 0, "a", 0, 1), Spans.span(2, 1, "b", 999, 1),
                Spans.span(3, 1, "c", 1_000, 0));

        assertThat(new Waterfall(spans).lines(Spans.TRACE)).filteredOn(line -> line.contains("|"))
                .hasSize(3)
                .allMatch(line -> line.lastIndexOf('|') - line.indexOf('|') == 41);
    }
}
