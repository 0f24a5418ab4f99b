package io.macula.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.dht.NodeId;
import io.macula.runtime.control.ControlServer;
import io.macula.runtime.control.IdleControl;
import io.macula.runtime.cut.Cut;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartitionCommandTest {

    /// A node that can be cut off, or only says that it cannot.
    private record Fake(String folder, Cut cut, Cut.Place place) {}

    @TempDir Path home;
    private final List<ControlServer> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        servers.forEach(ControlServer::close);
    }

    @Test
    void bothEndsOfEveryCutAreToldAndWhoIsOnTheSameSideIsNot() throws IOException {
        var north = node("north", 1, true);
        var east = node("east", 2, true);
        var west = node("west", 3, true);

        var cut = run("partition", north.folder(), east.folder() + "," + west.folder());

        assertThat(cut.code()).isZero();
        assertThat(cut.err()).contains("north | east and west cannot hear each other");
        assertThat(north.cut().others()).containsExactlyInAnyOrder(east.place(), west.place());
        assertThat(east.cut().others()).containsExactly(north.place());
        assertThat(west.cut().others()).containsExactly(north.place());
    }

    @Test
    void aSecondCutIsMadeBesideTheFirstUntilAllIsHealed() throws IOException {
        var north = node("north", 1, true);
        var east = node("east", 2, true);
        var west = node("west", 3, true);

        run("partition", north.folder(), east.folder());
        run("partition", north.folder(), west.folder());
        assertThat(north.cut().others()).containsExactlyInAnyOrder(east.place(), west.place());

        assertThat(run("heal", north.folder(), east.folder(), west.folder()).code()).isZero();
        assertThat(north.cut().others()).isEmpty();
        assertThat(east.cut().others()).isEmpty();
    }

    @Test
    void nobodyIsToldWhenOneOfThemCannotBeCutOff() throws IOException {
        var north = node("north", 1, true);
        var safe = node("safe", 2, false);

        var refused = run("partition", north.folder(), safe.folder());

        assertThat(refused.code()).isEqualTo(4);
        assertThat(refused.err()).contains("--allow-chaos");
        assertThat(north.cut().others()).isEmpty();
    }

    @Test
    void whoeverIsNotThereOrNamedTwiceIsSaid() throws IOException {
        var north = node("north", 1, true);

        var nobody = home.resolve("nobody").toString();
        assertThat(run("partition", north.folder(), nobody).code()).isEqualTo(3);
        assertThat(run("partition", north.folder()).code()).isEqualTo(2);
        assertThat(run("heal", nobody).code()).isEqualTo(3);
        var twice = run("partition", north.folder(), north.folder());
        assertThat(twice.code()).isEqualTo(2);
        assertThat(twice.err()).contains("named twice");
        assertThat(north.cut().others()).isEmpty();
    }

    private Terminal.Result run(String... line) {
        return new Terminal(new FakeMesh(), home).run(line);
    }

    private Fake node(String name, int number, boolean isCuttable) throws IOException {
        var folder = Files.createDirectory(home.resolve(name));
        var cut = new Cut();
        var place = new Cut.Place(NodeId.parse("%040x".formatted(number)).orElseThrow(),
                Optional.of(new InetSocketAddress("127.0.0.1", 9_000 + number)),
                number == 1
                        ? Optional.empty()
                        : Optional.of(new InetSocketAddress("127.0.0.1", 9_100 + number)));
        var control = new IdleControl() {
            @Override
            public Optional<Cuttable> cuttable() {
                return isCuttable ? Optional.of(new Cuttable(place, cut)) : Optional.empty();
            }
        };
        switch (ControlServer.start(folder, control)) {
            case ControlServer.Started.Listening(var server) -> servers.add(server);
            case ControlServer.Started.Failed(var message) -> throw new AssertionError(message);
        }
        return new Fake(folder.toString(), cut, place);
    }
}
