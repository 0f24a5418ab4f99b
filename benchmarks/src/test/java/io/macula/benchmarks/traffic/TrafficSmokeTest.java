package io.macula.benchmarks.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The measurements run, and nothing is lost in them; how fast they are is not judged here.
class TrafficSmokeTest {

    @TempDir Path folder;

    private Plan plan(Contestant who, int subscribers, int nodes, String address) {
        return new Plan(who, subscribers, nodes, false, 128, 100, 300, folder, address);
    }

    private static void assertNothingIsLost(Map<String, Double> figures) {
        assertThat(figures).as(figures.toString()).containsEntry("lost", 0.0);
    }

    @ParameterizedTest
    @CsvSource({"MACULA,4,2", "QUIC,2,2"})
    void nothingIsLostBetweenOneThatSpeaksAndSeveralThatHear(Contestant who, int subscribers,
            int nodes) throws Exception {
        Secrets.make(folder);
        try (var gateway = who.isOurs() ? MaculaCarrier.gateway(who) : null) {
            var hears = plan(who, subscribers, nodes,
                    gateway == null ? "-" : MaculaCarrier.address(gateway));
            try (var hearing = who.carrier(hears)) {
                var speaks = hears.at(hearing.hear(new Hearer(subscribers)));
                try (var speaking = who.carrier(speaks)) {
                    var speaker = new Speaker(speaking, speaks,
                            new Cpu(List.of(ProcessHandle.current().pid())));
                    speaker.meet();

                    assertNothingIsLost(speaker.throughput());
                    assertNothingIsLost(speaker.timed(1_000));
                    assertNothingIsLost(speaker.calls(8));
                }
            }
        }
    }

    @Test
    void nothingIsLostOnANodeThatSpeaksToItself() throws Exception {
        var alone = plan(Contestant.MACULA, 1, 0, "-");
        try (var carrier = Contestant.MACULA.carrier(alone)) {
            carrier.hear(new Hearer(1));
            var speaker = new Speaker(carrier, alone,
                    new Cpu(List.of(ProcessHandle.current().pid())));
            speaker.meet();

            assertNothingIsLost(speaker.throughput());
        }
    }

    @Test
    void aRunStartsItsProcessesAndReadsWhatTheySay() {
        var figures = Rig.run(plan(Contestant.QUIC, 1, 1, "-"),
                List.of(Scene.THROUGHPUT, Scene.calls(2)));

        assertThat(figures).containsOnlyKeys(Scene.THROUGHPUT, Scene.calls(2));
        assertThat(figures.values()).allSatisfy(each -> {
            assertNothingIsLost(each);
            assertThat(each.get("rate")).isPositive();
        });
    }

    @Test
    void whoLooksAtAConsoleIsTold() {
        try (var gateway = MaculaCarrier.gateway(Contestant.MACULA);
                var onlooker = Onlooker.at(MaculaCarrier.console(gateway))) {
            assertThat(onlooker.events()).isPositive();
        }
    }

    @Test
    void whatIsMissingAtTheEndCountsAsLost() {
        var hearer = new Hearer(1);
        hearer.heard(0, Note.of(Note.Kind.DATA, 0, 128), _ -> {});
        var said = new byte[1][];

        hearer.heard(0, Note.of(Note.Kind.END, 0, 128), note -> said[0] = note);

        assertThat(Note.kind(said[0])).isEqualTo(Note.Kind.RESULT);
        assertThat(Note.value(said[0])).isEqualTo(1);
    }

    @Test
    void aPayloadHasRoomForWhatAResultSays() {
        assertThatThrownBy(() -> new Plan(Contestant.QUIC, 1, 1, false, 63, 1, 1, folder, "-"))
                .hasMessageContaining("at least 64");
    }
}
