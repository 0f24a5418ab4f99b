package io.macula.runtime.cli;

import io.macula.app.Payload;
import io.macula.app.Rpc.Answer;
import io.macula.app.Rpc.Handler;
import io.macula.runtime.config.TimeText;
import io.macula.runtime.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Answers each call by running a shell command: the argument on its stdin, the result from its
/// stdout. Bounded in time, output and number of processes.
final class CommandHandler implements Handler {

    /// Most bytes read of each output; a longer result is a failure.
    static final int OUTPUT_BYTES_MAX = 1 << 20;

    /// Commands that run at once; further calls wait, as long as the time limit.
    static final int PROCESSES_MAX = 16;

    private final String command;
    private final Duration timeLimit;
    private final Semaphore free = new Semaphore(PROCESSES_MAX);
    // No virtual thread: one that waits for a pipe holds its carrier, and once two do so for long, none other runs.
    private final Executor threads = task -> Thread.ofPlatform().daemon().start(task);

    CommandHandler(String command, Duration timeLimit) {
        this.command = command;
        this.timeLimit = timeLimit;
    }

    @Override
    public Answer handle(Payload argument) throws IOException, InterruptedException {
        if (!free.tryAcquire(timeLimit.toMillis(), TimeUnit.MILLISECONDS)) {
            return new Answer.Failure("all " + PROCESSES_MAX + " processes are busy");
        }
        try {
            return run(new ProcessBuilder("sh", "-c", command).start(), argument);
        } finally {
            free.release();
        }
    }

    private Answer run(Process process, Payload argument) throws InterruptedException {
        threads.execute(() -> feed(process, argument));
        var out = CompletableFuture.supplyAsync(() -> read(process, process.getInputStream()),
                threads);
        var err = CompletableFuture.supplyAsync(() -> read(process, process.getErrorStream()),
                threads);
        try {
            var output = out.thenCombine(err, Output::new)
                    .get(timeLimit.toMillis(), TimeUnit.MILLISECONDS);
            if (isTooLong(out) || isTooLong(err)) {
                return tooLong();
            }
            return process.waitFor(timeLimit.toMillis(), TimeUnit.MILLISECONDS)
                    ? answer(process.exitValue(), output)
                    : tooSlow();
        } catch (TimeoutException e) {
            return tooSlow();
        } catch (ExecutionException e) {
            // Ending a command that says too much on one stream closes the other one.
            return isTooLong(out) || isTooLong(err)
                    ? tooLong()
                    : new Answer.Failure("the command's output cannot be read: "
                            + e.getMessage());
        } finally {
            end(process);
        }
    }

    private record Output(byte[] out, byte[] err) {

        String text() {
            return new String(out, StandardCharsets.UTF_8).strip();
        }

        String reason(int exitCode) {
            return new String(err, StandardCharsets.UTF_8).lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .findFirst()
                    .orElse("the command ended with exit code " + exitCode);
        }
    }

    private static boolean isTooLong(CompletableFuture<byte[]> said) {
        return said.state() == Future.State.SUCCESS && said.resultNow().length > OUTPUT_BYTES_MAX;
    }

    private static Answer tooLong() {
        return new Answer.Failure("the command's output is longer than " + OUTPUT_BYTES_MAX
                + " bytes");
    }

    private Answer tooSlow() {
        return new Answer.Failure("the command did not end within " + TimeText.of(timeLimit));
    }

    private static Answer answer(int exitCode, Output output) {
        if (exitCode != 0) {
            return new Answer.Failure(output.reason(exitCode));
        }
        return Json.parse(output.text()) instanceof Json.Parsed.Malformed(var reason)
                ? new Answer.Failure("the command's output is not JSON: " + reason)
                : new Answer.Result(Payload.of(output.text()));
    }

    private static void feed(Process process, Payload argument) {
        try (var stdin = process.getOutputStream()) {
            stdin.write(argument.toBytes());
        } catch (IOException _) {
            // A command need not read its argument.
        }
    }

    /// At most one byte more than is allowed; a command that says more is ended.
    private static byte[] read(Process process, InputStream stream) {
        try {
            var bytes = stream.readNBytes(OUTPUT_BYTES_MAX + 1);
            if (bytes.length > OUTPUT_BYTES_MAX) {
                end(process);
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
