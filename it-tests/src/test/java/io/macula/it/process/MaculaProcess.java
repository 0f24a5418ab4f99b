package io.macula.it.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// One running command, with what it says. The script replaces itself by the JVM, so signals reach
/// the node itself.
class MaculaProcess {

    /// How long anything may take: a start on a loaded machine is slow, not wrong.
    static final Duration PATIENCE = Duration.ofSeconds(60);

    /// What a command left behind when it ended.
    record Ended(int code, List<String> out, List<String> err) {}

    private final List<String> command;
    private final Process process;
    private final Lines out;
    private final Lines err;

    MaculaProcess(List<String> command, Process process) {
        this.command = List.copyOf(command);
        this.process = process;
        this.out = Lines.of(process.getInputStream());
        this.err = Lines.of(process.getErrorStream());
    }

    /// Waits for a line of data.
    String awaitOut(Predicate<String> wanted) {
        return out.await(wanted, PATIENCE).orElseThrow(() -> unexpected("no such line of data"));
    }

    String awaitOut(String line) {
        return awaitOut(line::equals);
    }

    /// Waits for a line of talk.
    String awaitErr(Predicate<String> wanted) {
        return err.await(wanted, PATIENCE).orElseThrow(() -> unexpected("no such line of talk"));
    }

    String awaitErr(String line) {
        return awaitErr(line::equals);
    }

    List<String> out() {
        return out.all();
    }

    List<String> err() {
        return err.all();
    }

    /// Writes to its standard input and closes it.
    MaculaProcess feed(String text) {
        try (var stdin = process.getOutputStream()) {
            stdin.write(text.getBytes(StandardCharsets.UTF_8));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Writes a line to its standard input, which stays open.
    MaculaProcess say(String line) {
        try {
            var stdin = process.getOutputStream();
            stdin.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            stdin.flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// SIGKILL: it gets no chance to say goodbye. What it started goes after it.
    void kill() {
        var started = process.descendants().toList();
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
    }

    /// Sends a signal by its name, such as STOP or CONT.
    void signal(String name) {
        try {
            var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
            if (kill.waitFor() != 0) {
                throw unexpected("no signal reaches it");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unexpected("interrupted");
        }
    }

    /// SIGTERM.
    MaculaProcess terminate() {
        process.destroy();
        return this;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// Waits until the system has taken it away.
    void awaitEnd() {
        process.onExit().orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    /// Waits until it has ended by itself.
    Ended ended() {
        return ended(PATIENCE);
    }

    /// Waits so long for what takes its time.
    Ended ended(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw unexpected("it has not ended");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unexpected("interrupted");
        }
        if (!out.awaitEnd(PATIENCE) || !err.awaitEnd(PATIENCE)) {
            throw unexpected("it has ended, but its outputs stay open");
        }
        return new Ended(process.exitValue(), out.all(), err.all());
    }

    private AssertionError unexpected(String what) {
        return new AssertionError(what + "\ncommand: " + String.join(" ", command) + "\nstate: "
                + (process.isAlive() ? "running" : "exit code " + process.exitValue())
                + "\nstdout:\n  " + String.join("\n  ", out.all())
                + "\nstderr:\n  " + String.join("\n  ", err.all()));
    }
}
