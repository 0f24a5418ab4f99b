package io.macula.runtime.console;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The line that does the same as a deed, on a terminal of the machine of its node.
final class SameCommand {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+=,-]+");

    private final String folder;
    private final String gateway;

    /// @param folder
    ///            of the node; empty when it has none
    /// @param gateway
    ///            where the node listens for commands that dial; empty when it does not
    SameCommand(String folder, String gateway) {
        this.folder = folder;
        this.gateway = gateway;
    }

    String of(Deed deed) {
        return switch (deed) {
            case Deed.Lookup(var target) -> local("dht", "lookup", target, "--trace");
            case Deed.Trace(var trace) -> local("trace", trace);
            case Deed.Publish(var topic, var payload) -> dialling("pub", topic, payload, "--raw");
            case Deed.Call(var procedure, var argument) ->
                dialling("call", procedure, argument);
            case Deed.Restart(var path) -> local("restart", path);
            case Deed.Crash(var path) -> local("crash", path);
            case Deed.Kill(var path) -> local("kill", path);
            case Deed.Partition(_, _, var side) -> line("partition", known(folder), known(side));
            case Deed.Heal() -> line("heal", known(folder));
        };
    }

    private static String known(String folder) {
        return folder.isEmpty() ? "DIR" : folder;
    }

    private String local(String... words) {
        return line(words) + (folder.isEmpty() ? "" : " " + line("--data-dir", folder));
    }

    private String dialling(String... words) {
        return line(words) + (gateway.isEmpty() ? "" : " " + line("--gateway", gateway));
    }

    private static String line(String... words) {
        return (words[0].startsWith("-") ? "" : "macula ") + Arrays.stream(words)
                .map(SameCommand::quoted)
                .collect(Collectors.joining(" "));
    }

    /// As a POSIX shell reads it.
    static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
