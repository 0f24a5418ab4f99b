package io.macula.it.linear;

import io.macula.coordination.raft.Beginning;
import io.macula.coordination.raft.ElectionProfile;
import io.macula.coordination.raft.Transport;
import io.macula.coordination.raft.Voter;
import io.macula.coordination.raft.VoterAddress;
import io.macula.coordination.raft.VoterConfig;
import io.macula.coordination.raft.VoterSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// A voter in a process of its own, that can be killed. Ends when its standard input does.
final class VoterProcess {

    private VoterProcess() {}

    /// @param args
    ///            index, beginning, directory, group, addresses as HOST:PORT
    public static void main(String[] args) throws IOException {
        VoterLog.begin();
        var set = set(UUID.fromString(args[3]), List.of(args[4].split(",")));
        var self = set.voters().get(Integer.parseInt(args[0]));
        var voter = Voter.start(new VoterConfig(self, set, Path.of(args[2]),
                Beginning.valueOf(args[1]), ElectionProfile.SERVER, new Transport.Plain()));
        System.out.println("started");
        for (int asked = System.in.read(); asked >= 0; asked = System.in.read()) {
            System.out.println(asked == '='
                    ? voter.sum()
                    : voter.seemsToLead() ? "leads" : "follows");
        }
        voter.close();
        System.exit(0);
    }

    static VoterSet set(UUID group, List<String> addresses) {
        var voters = new ArrayList<VoterAddress>();
        addresses.forEach(address -> {
            var parts = address.split(":");
            voters.add(new VoterAddress("n" + voters.size(), parts[0], Integer.parseInt(parts[1])));
        });
        return new VoterSet(group, voters);
    }
}
