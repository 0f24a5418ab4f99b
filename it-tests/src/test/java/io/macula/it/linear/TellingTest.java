package io.macula.it.linear;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TellingTest {

    private final Recorder here = new Recorder(Sinks.of("run"));

    @Test
    void whatAnotherProcessTellsIsWhatItSaw() {
        var there = new Recorder(Sinks.of("run"));
        var told = new ByteArrayOutputStream();
        for (var witness : List.of(there,
                new Telling(new PrintStream(told, true, StandardCharsets.UTF_8)))) {
            witness.register("run.r0", new Call<>(new RegisterModel.Operation.Read(""), 1, 2));
            witness.register("run.r0",
                    new Call<>(new RegisterModel.Operation.ReplacedMaybe("a", "b"), 3, Call.NEVER));
            witness.register("run.r1",
                    new Call<>(new RegisterModel.Operation.Read("never written"), 1, 2));
            witness.lock("run.l0", new Call<>(new LockModel.Operation.Granted(7), 4, 5));
            witness.passage(new Passages.Passage(1, 2, 3));
            witness.passageUnknown();
            witness.note(6, "c0 has a session");
            witness.aside(7, "Busy", "c0 Busy[]");
            witness.writes("run.l0", 7);
            witness.writes("run.l0", 6);
        }

        told.toString(StandardCharsets.UTF_8).lines().forEach(line -> Telling.read(line, here));

        assertThat(here).hasToString(there.toString());
        assertThat(here.findings(2)).isEqualTo(there.findings(2)).isNotEmpty();
        assertThat(here.sinks().unfenced().values()).extracting(Sink::violations)
                .containsExactlyInAnyOrder(1, 0);
        assertThat(here.sinks().fenced().values()).extracting(Sink::violations).containsOnly(0);
    }
}
