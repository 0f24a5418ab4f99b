package io.macula.runtime.cli;

import io.macula.runtime.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Three members of a Cluster in one process: they find each other, found the group of their voters, and grant a lock;
/// one of them ends and begins again from its disk.
final class MembersRehearsal {

    private static final int MEMBERS = 3;

    private final Path folder;
    private final List<Integer> ports = FreePorts.take(2 * MEMBERS);

    MembersRehearsal(Path folder) {
        this.folder = folder;
    }

    void play() throws IOException, InterruptedException {
        var members = new ArrayList<Player>();
        for (int number = 0; number < MEMBERS; number++) {
            Files.createDirectories(dataDir(number));
            Files.writeString(dataDir(number).resolve("macula.conf"), settings(number));
            members.add(start(number));
        }
        for (var member : members) {
            member.said();
        }
        for (int number = 0; number < MEMBERS; number++) {
            grant(number);
        }
        int last = MEMBERS - 1;
        members.get(last).stop();
        members.set(last, start(last));
        members.get(last).said();
        grant(last);
        members.forEach(Player::stop);
    }

    private Path dataDir(int number) {
        return folder.resolve(String.valueOf(number));
    }

    private Player start(int number) {
        return new Player(
                List.of("node", "start", "--data-dir", dataDir(number).toString()));
    }

    private void grant(int number) {
        new Player(List.of("lock", "acquire", "rehearsal", "--hold", "1ms", "--timeout", "5m",
                "--data-dir", dataDir(number).toString())).end();
    }

    private String settings(int number) {
        var seeds = ports.stream()
                .limit(MEMBERS)
                .map(port -> "\"127.0.0.1:" + port + "\"")
                .collect(Collectors.joining(", "));
        return """
            macula {
              quic.port = 0
              http.port = 0
              cluster { enabled = true, port = %d, seeds = [%s] }
              coordination { enabled = true, port = %d }
            }
            """.formatted(ports.get(number), seeds, ports.get(MEMBERS + number));
    }
}
