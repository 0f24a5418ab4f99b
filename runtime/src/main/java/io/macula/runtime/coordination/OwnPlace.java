package io.macula.runtime.coordination;

import io.macula.coordination.raft.Electorate;
import io.macula.coordination.raft.VoterAddress;
import io.macula.dht.NodeId;
import io.macula.runtime.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/// What a member keeps on disk of its part in coordination, beside the log of its voter.
///
/// @param address
///            where its voter listens. The id is the node's and something drawn when the voter's folder was
///            made, so that a voter that lost its disk never votes under its old id
/// @param hasBegun
///            whether the voter has run under this id
/// @param electorate
///            who votes as far as it knows; empty while it knows of no group
record OwnPlace(VoterAddress address, boolean hasBegun, Optional<Electorate> electorate) {

    static final String FILE = "member.json";

    private static final int DRAWN_BYTES = 4;
    private static final int FILE_BYTES_MAX = 16_384;

    /// One that has never voted.
    static OwnPlace fresh(NodeId node, String host, int port) {
        return new OwnPlace(new VoterAddress(idFor(node), host, port), false, Optional.empty());
    }

    private static String idFor(NodeId node) {
        var drawn = new byte[DRAWN_BYTES];
        new SecureRandom().nextBytes(drawn);
        return node.hex() + "-" + HexFormat.of().formatHex(drawn);
    }

    /// The same under an id that never voted.
    OwnPlace renewed(NodeId node) {
        return new OwnPlace(new VoterAddress(idFor(node), address.host(), address.port()), false,
                electorate);
    }

    OwnPlace begun() {
        return new OwnPlace(address, true, electorate);
    }

    OwnPlace knowing(Electorate newer) {
        return new OwnPlace(address, hasBegun, Optional.of(newer));
    }

    /// Reads it; empty where there is none.
    ///
    /// @throws IOException
    ///             if there is one that cannot be read. It must not be taken for none: a member that forgot
    ///             its group might found another one
    static Optional<OwnPlace> read(Path folder) throws IOException {
        var file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var text = Files.size(file) > FILE_BYTES_MAX ? "" : Files.readString(file);
        if (Json.parse(text) instanceof Json.Parsed.Value(var json)
                && json.path("begun").isBoolean()) {
            var address = ElectorateJson.address(json.path("voter"));
            var electorate = ElectorateJson.electorate(json.path("group"));
            if (address.isPresent() && json.has("group") == electorate.isPresent()) {
                return Optional.of(new OwnPlace(address.get(), json.path("begun").asBoolean(),
                        electorate));
            }
        }
        throw new IOException(file + " is damaged; if the other members go on without this node,"
                + " remove the folder " + folder + " and start it again");
    }

    /// Writes it, whole or not at all, so that it is there after a crash of the machine.
    void write(Path folder) throws IOException {
        var json = Json.object().put("begun", hasBegun);
        json.set("voter", ElectorateJson.of(address));
        electorate.ifPresent(known -> json.set("group", ElectorateJson.of(known)));
        Files.createDirectories(folder);
        var fresh = folder.resolve(FILE + ".new");
        try (var channel = FileChannel.open(fresh, StandardOpenOption.CREATE,
                StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            var bytes = ByteBuffer.wrap((Json.write(json) + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        try (var directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
