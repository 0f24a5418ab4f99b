package io.macula.it.linear;

import io.macula.coordination.raft.RatisVoters;
import io.macula.coordination.raft.Transport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// A client in a process of its own, which tells on its standard output what it sees. Begins when it is told for how many
/// milliseconds.
final class ClientProcess {

    private ClientProcess() {}

    /// @param args
    ///            run, index, seed, group, addresses of the voters as HOST:PORT
    public static void main(String[] args) throws IOException {
        VoterLog.quiet();
        var index = Integer.parseInt(args[1]);
        var set = VoterProcess.set(UUID.fromString(args[3]), List.of(args[4].split(",")));
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (var way = RatisVoters.of(set, new Transport.Plain(),
                "n" + index % VoterProcesses.SIZE)) {
            System.out.println(ClientProcesses.READY);
            long millis = Long.parseLong(in.readLine());
            long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
            new Client(args[0], index, way, new Telling(System.out), Long.parseLong(args[2]), until)
                    .run();
        }
        System.exit(0);
    }
}
