package io.macula.it.process;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Hosts on one wire, each a network namespace of its own with an address 10.77.0.N. Needs root, `ip`
/// and `nft`; without them the test is skipped, and says so.
public final class Hosts implements AutoCloseable {

    private static final String PREFIX = "macula" + ProcessHandle.current().pid() % 10_000;
    private static final String WIRE = PREFIX + "w";

    private final List<String> names = new ArrayList<>();

    private Hosts() {}

    /// `count` hosts, numbered from 1. Skips the test where there can be none.
    static Hosts onOneWire(int count) {
        var hosts = tryOnOneWire(count);
        assumeTrue(hosts.isPresent(), "network namespaces need root, iproute2 and nftables");
        return hosts.orElseThrow();
    }

    /// The same, or empty where there can be none.
    public static Optional<Hosts> tryOnOneWire(int count) {
        return works("nft", "--version") && works("ip", "netns", "add", WIRE)
                ? Optional.of(made(count))
                : Optional.empty();
    }

    private static Hosts made(int count) {
        var hosts = new Hosts();
        hosts.names.add(WIRE);
        try {
            in(WIRE, "ip link add wire type bridge");
            in(WIRE, "ip link set wire up");
            for (var number = 1; number <= count; number++) {
                hosts.add(number);
            }
            return hosts;
        } catch (AssertionError e) {
            hosts.close();
            throw e;
        }
    }

    private void add(int number) {
        var name = name(number);
        run("ip netns add " + name);
        names.add(name);
        run("ip link add eth0 netns " + name + " type veth peer name port" + number + " netns "
                + WIRE);
        in(WIRE, "ip link set port" + number + " master wire up");
        in(name, "ip link set lo up");
        in(name, "ip addr add " + address(number) + "/24 dev eth0");
        in(name, "ip link set eth0 up");
    }

    /// Lets this process talk to all hosts, whatever is cut between them. Ends with the hosts.
    public Hosts withThisProcess() {
        run("ip link add " + PREFIX + " type veth peer name port0 netns " + WIRE);
        in(WIRE, "ip link set port0 master wire up");
        run("ip addr add 10.77.0.254/24 dev " + PREFIX);
        run("ip link set " + PREFIX + " up");
        return this;
    }

    public static String address(int number) {
        return "10.77.0." + number;
    }

    /// What a command line begins with to run there.
    public static List<String> in(int number) {
        return List.of("ip", "netns", "exec", name(number));
    }

    private static String name(int number) {
        return PREFIX + "h" + number;
    }

    /// How a command line is started on a host, with the node listening there.
    String on(int number, String command) {
        return "ip netns exec " + name(number) + " env MACULA_QUIC_HOST=" + address(number) + " "
                + command;
    }

    /// From now on neither of two hosts hears the other.
    public void cut(int one, int other) {
        deaf(one, other);
        deaf(other, one);
    }

    private static void deaf(int number, int to) {
        in(name(number), "nft add table inet cut");
        in(name(number), "nft add chain inet cut input { type filter hook input priority 0 ; }");
        in(name(number), "nft add rule inet cut input ip saddr " + address(to) + " drop");
    }

    /// All hosts hear each other again.
    public void mend() {
        names.stream()
                .filter(name -> !name.equals(WIRE))
                .forEach(name -> works("ip", "netns", "exec", name, "nft", "flush", "ruleset"));
    }

    private static void in(String name, String command) {
        run("ip netns exec " + name + " " + command);
    }

    private static void run(String command) {
        if (!works(command.split(" "))) {
            throw new AssertionError("failed: " + command);
        }
    }

    private static boolean works(String... command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        names.reversed().forEach(name -> works("ip", "netns", "del", name));
    }
}
