package io.macula.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.app.Payload;
import io.macula.app.Rpc.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandHandlerTest {

    private static final Duration GENEROUS = Duration.ofSeconds(30);

    @Test
    void givesTheArgumentOnStdinAndTakesTheResultFromStdout() throws Exception {
        assertThat(run("cat", GENEROUS)).isEqualTo(new Answer.Result(Payload.of("{\"a\":5}")));
        assertThat(run("echo 8", GENEROUS)).isEqualTo(new Answer.Result(Payload.of("8")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "echo no such city >&2; echo second >&2; exit 3 | no such city",
        "exit 7 | the command ended with exit code 7",
        "echo nonsense | the command's output is not JSON",
        "true | the command's output is not JSON",
        "yes 1 | the command's output is longer than 1048576 bytes",
        "yes 1 >&2 | the command's output is longer than 1048576 bytes"})
    void tellsTheCallerWhyItFailed(String command, String reason) throws Exception {
        assertThat(run(command, GENEROUS)).isInstanceOfSatisfying(Answer.Failure.class,
                failure -> assertThat(failure.reason()).startsWith(reason));
    }

    @Test
    void endsACommandThatTakesTooLongWithAllItStarted() throws Exception {
        assertThat(run("sleep 600 | sleep 600", Duration.ofMillis(200)))
                .isEqualTo(new Answer.Failure("the command did not end within 200 ms"));
    }

    private static Answer run(String command, Duration limit) throws Exception {
        return new CommandHandler(command, limit).handle(Payload.of("{\"a\":5}"));
    }
}
