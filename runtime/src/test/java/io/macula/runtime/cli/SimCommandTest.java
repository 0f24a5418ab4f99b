package io.macula.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimCommandTest {

    /// Recorded from Erlang/OTP.
    private static final String RECORDED = """
        == one crash
        sup one_for_one 4 60 never
        child a permanent 50 false
        go
        exit a error
        state
        stop
        -- trace
        go ok
        start a#1
        exit a#1 error
        start a#2
        state [a:#2] specs=1 active=1
        exit a#2 shutdown
        sup_exit shutdown
        """;

    @TempDir Path home;

    private Terminal.Result sim(String scenarios, String... more) throws IOException {
        var file = Files.writeString(home.resolve("scenarios.txt"), scenarios);
        var args = new String[3 + more.length];
        System.arraycopy(new String[]{"sim", "supervision", file.toString()}, 0, args, 0, 3);
        System.arraycopy(more, 0, args, 3, more.length);
        return new Terminal(new FakeMesh(), home).run(args);
    }

    @Test
    void printsTheTraceInTheFormOfTheFile() throws IOException {
        var result = sim(RECORDED);

        assertThat(result.code()).isZero();
        assertThat(result.out()).isEqualTo(RECORDED);
    }

    @Test
    void comparesWithTheRecordedTrace() throws IOException {
        var result = sim(RECORDED, "--check");

        assertThat(result.code()).isZero();
        assertThat(result.out().strip()).isEqualTo("1 scenarios, 1 equal");
    }

    @Test
    void showsTheFirstDifferenceAndFails() throws IOException {
        var result = sim(RECORDED.replace("start a#2", "start a#3"), "--check");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out().lines()).contains("== one crash, line 4", "expected: start a#3",
                "but got:  start a#2", "1 scenarios, 0 equal");
    }

    @Test
    void saysWhichLineItDoesNotUnderstand() throws IOException {
        var result = sim("== x\nsup one_for_none 1 5 never\n");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("line 2");
    }

    @Test
    void saysWhenThereIsNoFile() {
        var result = new Terminal(new FakeMesh(), home).run("sim", "supervision", "nowhere");

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.err()).contains("nowhere");
    }
}
