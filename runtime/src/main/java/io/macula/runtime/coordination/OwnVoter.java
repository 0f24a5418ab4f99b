package io.macula.runtime.coordination;

import io.macula.coordination.raft.Beginning;
import io.macula.coordination.raft.ElectionProfile;
import io.macula.coordination.raft.Electorate;
import io.macula.coordination.raft.Transport;
import io.macula.coordination.raft.Voter;
import io.macula.coordination.raft.VoterConfig;
import io.macula.coordination.raft.VoterSet;
import io.macula.runtime.CoordinationTuning.Elections;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The voter of one member, and what is on its disk. All but [#told()] and [#isRunning()] block and are for one thread at
/// a time. What the disk refuses ends in [UncheckedIOException]; nothing has changed then.
final class OwnVoter {

    private static final Logger LOG = LoggerFactory.getLogger(OwnVoter.class);

    private static final String REHEARSAL = "rehearsal";
    private static final Duration REHEARSAL_PATIENCE = Duration.ofSeconds(10);

    private final CoordinationSeat.Parts parts;
    private final Supplier<Transport> transport;
    private volatile @Nullable OwnPlace place;
    private volatile @Nullable Voter voter;

    OwnVoter(CoordinationSeat.Parts parts, Supplier<Transport> transport) {
        this.parts = parts;
        this.transport = transport;
    }

    /// What was last read or written; empty before.
    Optional<OwnPlace> told() {
        return Optional.ofNullable(place);
    }

    boolean isRunning() {
        return voter != null;
    }

    /// What is on disk, made at the first look.
    OwnPlace place() {
        var known = place;
        if (known != null) {
            return known;
        }
        try {
            var read = OwnPlace.read(parts.folder());
            return read.isPresent() ? remembered(read.get()) : keep(fresh());
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private OwnPlace remembered(OwnPlace read) {
        int wanted = parts.tuning().port();
        var at = read.address();
        if ((wanted != 0 && wanted != at.port()) || !parts.tuning().host().equals(at.host())) {
            LOG.atWarn()
                    .addKeyValue("listens", at.host() + ":" + at.port())
                    .log("the voter keeps the address by which the others know it");
        }
        place = read;
        return read;
    }

    private OwnPlace fresh() throws IOException {
        var tuning = parts.tuning();
        return OwnPlace.fresh(parts.self(), tuning.host(),
                tuning.port() == 0 ? freePort(tuning.host()) : tuning.port());
    }

    private static int freePort(String host) throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return socket.getLocalPort();
        }
    }

    private OwnPlace keep(OwnPlace next) {
        try {
            next.write(parts.folder());
            place = next;
            return next;
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + parts.folder()
                    + " cannot be written: " + e.getMessage(), e);
        }
    }

    VoterPlan.Standing standing() {
        var running = voter;
        if (running != null) {
            return new VoterPlan.Standing.Runs(running.seemsToLead(), running.isAlive(),
                    running.electorate());
        }
        var own = place();
        boolean hasDisk = own.electorate()
                .filter(known -> Voter.holdsGroup(directory(own), known.group()))
                .isPresent();
        return new VoterPlan.Standing.Idle(hasDisk, own.hasBegun());
    }

    private Path directory(OwnPlace own) {
        return parts.folder().resolve(own.address().id());
    }

    void learn(Electorate electorate) {
        keep(place().knowing(electorate));
        LOG.atInfo()
                .addKeyValue("group", electorate.group())
                .addKeyValue("revision", electorate.revision())
                .addKeyValue("voters", electorate.voters())
                .log("these vote");
    }

    void start(Beginning beginning, Electorate electorate) {
        var own = place();
        // only who founds a group has to know with whom; the others learn it from the log
        var set = beginning == Beginning.FORM
                ? new VoterSet(electorate.group(), electorate.voters())
                : new VoterSet(electorate.group(), List.of(own.address()));
        voter = Voter.start(new VoterConfig(own.address(), set, directory(own), beginning,
                profile(), transport.get()));
        keep(own.begun());
        LOG.atInfo()
                .addKeyValue("voter", own.address())
                .addKeyValue("beginning", beginning)
                .log("the voter runs");
    }

    private ElectionProfile profile() {
        return parts.tuning().elections() == Elections.SERVER
                ? ElectionProfile.SERVER
                : ElectionProfile.EDGE;
    }

    /// Gets ready to start a voter for the first time, before it is known with whom it votes.
    void rehearse() {
        var own = place();
        if (own.electorate().isPresent() || own.hasBegun()) {
            return;
        }
        var stage = parts.folder().resolve(REHEARSAL);
        delete(stage);
        var alone = new VoterSet(UUID.randomUUID(), List.of(own.address()));
        boolean isReady = Voter.rehearse(new VoterConfig(own.address(), alone, stage,
                Beginning.FORM, profile(), transport.get()), REHEARSAL_PATIENCE);
        LOG.atDebug().addKeyValue("decided", isReady).log("rehearsed");
        delete(stage);
    }

    void stop() {
        var running = voter;
        voter = null;
        if (running != null) {
            running.close();
        }
    }

    void renew() {
        stop();
        var before = place();
        keep(before.renewed(parts.self()));
        delete(directory(before));
        LOG.atInfo()
                .addKeyValue("before", before.address().id())
                .log("this member may vote again under a new id");
    }

    private static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("folder", directory)
                    .setCause(e)
                    .log("what is left of a voter cannot be removed");
        }
    }
}
