package io.macula.it.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.it.process.Document.Block;
import io.macula.it.process.Document.Command;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Plays the blocks of a page word for word: servers stay in the background, everything else has
/// to end well and print what its comment says. Only the environment differs: ports are free ones.
final class Session {

    private final Terminals terminals;
    private final Map<String, MaculaProcess> servers = new LinkedHashMap<>();
    private String gateway = "";
    private String http = "";

    Session(Terminals terminals) {
        this.terminals = terminals.with("MACULA_QUIC_PORT", "0").with("MACULA_HTTP_PORT", "0");
    }

    void play(Block block) {
        var preparations = new ArrayList<String>();
        for (var command : block.commands()) {
            if (command.isServer()) {
                prepare(preparations);
                serve(command);
            } else if (command.isMacula()) {
                prepare(preparations);
                run(command);
            } else if (command.line().startsWith("curl ")) {
                ask(command);
            } else {
                preparations.add(command.line());
            }
        }
        prepare(preparations);
    }

    /// The server whose command line holds this text.
    MaculaProcess server(String text) {
        return servers.entrySet()
                .stream()
                .filter(server -> server.getKey().contains(text))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }

    /// `host:port` of the gateway that was started.
    String gateway() {
        return gateway;
    }

    /// What is none of ours runs in one shell, so that one line sees what the other set.
    private void prepare(List<String> lines) {
        if (!lines.isEmpty()) {
            var ended = terminals.shell(String.join("\n", lines)).ended();
            assertThat(ended.code()).as("%s: %s", lines, ended.err()).isZero();
            lines.clear();
        }
    }

    private void serve(Command command) {
        var process = terminals.shell(command.line());
        servers.put(command.line(), process);
        if (command.line().contains(" node start ")) {
            process.awaitOut(line -> line.endsWith(" is ready"));
            gateway = fact(process, "quic");
            http = fact(process, "http");
            terminals.with("MACULA_CLIENT_GATEWAY", gateway);
        } else {
            process.awaitErr(line -> line.startsWith("subscribed to ")
                    || line.startsWith("serving "));
        }
    }

    private static String fact(MaculaProcess node, String name) {
        return node.awaitOut(line -> line.strip().startsWith(name + " "))
                .strip()
                .substring(name.length())
                .strip();
    }

    private void run(Command command) {
        var ended = terminals.shell(command.line()).ended();

        assertThat(ended.code()).as("%s: %s", command, ended.err()).isZero();
        if (!command.printed().isEmpty()) {
            assertThat(ended.out()).as(command.toString()).containsExactly(command.printed());
        }
    }

    private void ask(Command command) {
        var path = URI.create(command.line().substring("curl ".length()).strip()).getPath();

        assertThat(new Health(http).get(path).statusCode()).as(command.toString()).isEqualTo(200);
    }
}
