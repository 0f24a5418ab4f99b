package io.macula.actors.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnNamesTest {

    private static OwnNames bound(String host, String... more) throws UnknownHostException {
        return new OwnNames(new InetSocketAddress(InetAddress.ofLiteral(host), 9080),
                List.of(more));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LocalHost:9080", "localhost.", "127.0.0.1", "127.0.0.1:1",
        "127.9.9.9", "[::1]", "[::1]:9080", "[0:0:0:0:0:0:0:1]"})
    void areLoopbackWhereverTheNodeListens(String host) throws UnknownHostException {
        assertThat(bound("127.0.0.1").contains(host)).isTrue();
        assertThat(bound("10.1.2.3").contains(host)).isTrue();
        assertThat(bound("0.0.0.0").contains(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "evil.example", "evil.example:9080", "localhost.evil.example",
        "10.0.0.1",
        "localhost:port", "localhost:1:2", "a@localhost", "localhost, evil", "[::1", "::1", "[]",
        "[::2]", ":9080", "127.0.0.1.evil.example"})
    void areNotWhatAStrangerCallsIt(String host) throws UnknownHostException {
        assertThat(bound("127.0.0.1").contains(host)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1.2.3", "10.1.2.3:9080", "node.example", "NODE.example:443"})
    void areTheBoundAddressAndWhatElseWasGiven(String host) throws UnknownHostException {
        assertThat(bound("10.1.2.3", "Node.example").contains(host)).isTrue();
        assertThat(bound("10.1.2.4").contains(host)).isFalse();
    }

    /// No DNS stands between a browser and an address in numbers.
    @ParameterizedTest
    @ValueSource(strings = {"10.1.2.3", "[fd00::1]:9080", "192.168.0.1:80"})
    void areAllNumbersWhenEveryAddressIsBound(String host) throws UnknownHostException {
        assertThat(bound("0.0.0.0").contains(host)).isTrue();
        assertThat(bound("0.0.0.0").contains("evil.example")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gw.lan", "gw.lan:9080"})
    void areTheNameTheAddressWasGivenBy(String host) {
        var names = new OwnNames(InetSocketAddress.createUnresolved("gw.lan", 9080), List.of());

        assertThat(names.contains(host)).isTrue();
        assertThat(names.contains("lan")).isFalse();
    }
}
