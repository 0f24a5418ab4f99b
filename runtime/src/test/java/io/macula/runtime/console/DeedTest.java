package io.macula.runtime.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.dht.NodeId;
import io.macula.runtime.cut.Cut;
import io.macula.runtime.json.Json;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeedTest {

    private static final Cut.Place PLACE = new Cut.Place(
            NodeId.parse("a".repeat(40)).orElseThrow(),
            Optional.of(new InetSocketAddress("127.0.0.1", 9443)), Optional.empty());

    private static final List<Deed> ALL = List.of(new Deed.Lookup("hello"),
            new Deed.Trace("a".repeat(32)),
            new Deed.Publish("a.b", "{}"), new Deed.Call("a.b", "[1]"),
            new Deed.Restart("macula/peers"), new Deed.Crash("macula/peers"),
            new Deed.Kill("macula/peers"), new Deed.Partition(List.of(PLACE), 10, "/a,/b"),
            new Deed.Heal());

    private static Deed.Parsed parse(String text) {
        return switch (Json.parse(text)) {
            case Json.Parsed.Value(var json) -> Deed.parse(json);
            case Json.Parsed.Malformed(var reason) -> throw new AssertionError(reason);
        };
    }

    @Test
    void isTheSameAfterItWasSent() {
        assertThat(ALL).allSatisfy(deed -> assertThat(parse(Json.write(deed.toJson())))
                .isEqualTo(new Deed.Parsed.Ok(deed)));
    }

    @Test
    void needsMoreTheMoreItHarms() {
        assertThat(ALL.stream().map(Deed::need)).containsExactly(Deed.Need.NOTHING,
                Deed.Need.NOTHING,
                Deed.Need.ACTIONS, Deed.Need.ACTIONS, Deed.Need.ACTIONS, Deed.Need.CHAOS,
                Deed.Need.CHAOS, Deed.Need.CHAOS, Deed.Need.CHAOS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "1", "null", "{\"do\":\"explode\"}",
        "{\"do\":\"crash\"}", "{\"do\":\"trace\",\"trace\":\"12\"}",
        "{\"do\":\"crash\",\"path\":\"\"}",
        "{\"do\":\"crash\",\"path\":7}", "{\"do\":\"kill\",\"path\":{\"a\":1}}",
        "{\"do\":\"publish\",\"topic\":\"a\"}", "{\"do\":\"call\",\"argument\":\"a\"}",
        "{\"do\":\"partition\",\"seconds\":9,\"others\":[]}",
        "{\"do\":\"partition\",\"seconds\":9,\"others\":[{\"id\":\"x\"}]}",
        "{\"do\":[\"crash\"],\"path\":\"a\"}"})
    void isNotReadFromNonsense(String text) {
        assertThat(parse(text)).isInstanceOf(Deed.Parsed.Wrong.class);
    }

    @Test
    void hasNoEndlessNames() {
        var path = "a".repeat(Deed.WORD_MAX);

        assertThat(parse("{\"do\":\"crash\",\"path\":\"" + path + "\"}"))
                .isInstanceOf(Deed.Parsed.Ok.class);
        assertThat(parse("{\"do\":\"crash\",\"path\":\"" + path + "a\"}"))
                .isInstanceOf(Deed.Parsed.Wrong.class);
    }

    @Test
    void isSaidAsACommandThatAShellReadsAsOneLine() {
        var commands = new SameCommand("/home/ann/my node", "127.0.0.1:9443");

        assertThat(commands.of(new Deed.Crash("macula/peers")))
                .isEqualTo("macula crash macula/peers --data-dir '/home/ann/my node'");
        assertThat(commands.of(new Deed.Call("a.b", "{\"it's\": 1}"))).isEqualTo(
                "macula call a.b '{\"it'\\''s\": 1}' --gateway 127.0.0.1:9443");
        assertThat(commands.of(new Deed.Partition(List.of(PLACE), 9, "/a,/b")))
                .isEqualTo("macula partition '/home/ann/my node' /a,/b");
        assertThat(new SameCommand("", "").of(new Deed.Lookup("$(x)")))
                .isEqualTo("macula dht lookup '$(x)' --trace");
    }
}
