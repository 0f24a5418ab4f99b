package io.macula.benchmarks;

import io.macula.benchmarks.traffic.Contestant;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Fetches missing brokers as Debian packages, when whoever sits there agrees.
///
/// @param err where it asks
record Installing(PrintStream err) {

    void install(Set<Contestant> wanted) {
        var packages = wanted.stream()
                .filter(who -> !who.isInstalled())
                .flatMap(who -> who.program().stream())
                .distinct()
                .toList();
        if (packages.isEmpty()) {
            return;
        }
        var command = new ArrayList<>(
                List.of("apt-get", "install", "-y", "--no-install-recommends"));
        command.addAll(packages);
        err.print("Run '" + String.join(" ", command) + "'? [y/N] ");
        err.flush();
        if (isAgreed()) {
            run(command);
        }
    }

    private static boolean isAgreed() {
        var in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        try {
            var line = in.readLine();
            return line != null && line.strip().toLowerCase(Locale.ROOT).startsWith("y");
        } catch (IOException e) {
            return false;
        }
    }

    /// A machine that never asked for packages has no list of them; then it is fetched, and the packages once more.
    private void run(List<String> command) {
        try {
            var exit = exitOf(command);
            if (exit != 0 && exitOf(List.of("apt-get", "update")) == 0) {
                exit = exitOf(command);
            }
            if (exit != 0) {
                err.println("apt-get did not install it (exit code " + exit
                        + "); is this run as root, on Debian?");
            }
        } catch (IOException e) {
            err.println("there is no apt-get here: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int exitOf(List<String> command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
