package io.macula.coordination.raft;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.client.RaftClientConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/// The settings of Ratis that differ from its defaults, and why.
final class RatisSettings {

    /// How long one attempt of a client waits for one server.
    static final Duration ATTEMPT = Duration.ofSeconds(1);

    private static final ElectionProfile FIRST_OF_ALL = new ElectionProfile(Duration.ofMillis(250),
            Duration.ofMillis(350));
    /// How long a leader waits after so many failures in a row before it turns to a voter again, its heartbeats included. It
    /// steps back by one entry for each that a leader before it had alone, and each step counts as a failure: first of all it is
    /// quick. By itself it would soon wait for seconds, longer than a voter waits for its leader, and lose its majority over it.
    private static final String AGAIN = "1ms,200, 50ms,2000000000";
    private static final int SNAPSHOT_EVERY_ENTRIES = 10_000;
    private static final int SNAPSHOTS_KEPT = 2;
    private static final SizeInBytes SEGMENT_SIZE = SizeInBytes.valueOf("4MB");

    private RatisSettings() {}

    static RaftProperties server(VoterConfig config) {
        var self = config.self();
        var directory = config.directory();
        var properties = new RaftProperties();
        // the defaults of both directories are in /tmp
        RaftServerConfigKeys.setStorageDir(properties, List.of(directory.toFile()));
        RaftServerConfigKeys.setRemovedGroupsDir(properties,
                directory.resolve("removed-groups").toFile());
        GrpcConfigKeys.Server.setHost(properties, self.host());
        GrpcConfigKeys.Server.setPort(properties, self.port());
        GrpcConfigKeys.setUseEpoll(properties, false);
        elections(properties, config.profile(), firstElection(config));
        snapshots(properties);
        // even so a read may be old while a leader is cut off: it only ever serves as a hint
        RaftServerConfigKeys.Read.setOption(properties,
                RaftServerConfigKeys.Read.Option.LINEARIZABLE);
        RaftServerConfigKeys.Read.setLeaderLeaseEnabled(properties, false);
        // with it, a voter confirms entries that it never appends: those of a request that begins at the same place as one
        // under way, even when it goes on further or comes from the leader of another term (Ratis 3.3.0, NavigableIndices)
        RaftServerConfigKeys.Log.setAppendEntriesComposeEnabled(properties, false);
        // after a pause longer than this a server closes for good; a suspended machine must not
        RaftServerConfigKeys.setCloseThreshold(properties, duration(Duration.ofDays(365)));
        return properties;
    }

    /// A cold process may take longer than a warm one's timeout to answer its first call. Of those who
    /// form a group one goes ahead, so that they need not wait that long.
    private static ElectionProfile firstElection(VoterConfig config) {
        boolean goesAhead = config.beginning() == Beginning.FORM
                && config.set().voters().getFirst().equals(config.self());
        return goesAhead ? FIRST_OF_ALL : ElectionProfile.EDGE;
    }

    private static void elections(RaftProperties properties, ElectionProfile profile,
            ElectionProfile first) {
        RaftServerConfigKeys.Rpc.setTimeoutMin(properties, duration(profile.min()));
        RaftServerConfigKeys.Rpc.setTimeoutMax(properties, duration(profile.max()));
        RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMin(properties, duration(first.min()));
        RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMax(properties, duration(first.max()));
        RaftServerConfigKeys.Notification.setNoLeaderTimeout(properties,
                duration(Duration.ofSeconds(5)));
        RaftServerConfigKeys.Log.Appender.setRetryPolicy(properties, AGAIN);
        // by itself a leader that heard of no majority stands aside for ten seconds, though it may be the only one left whose
        // log lets it lead. A leader whose process stood still for longer than this steps down too: not shorter, then, than a
        // voter waits for its leader
        RaftServerConfigKeys.LeaderElection.setLeaderStepDownWaitTime(properties,
                duration(profile.max()));
    }

    private static void snapshots(RaftProperties properties) {
        RaftServerConfigKeys.Snapshot.setAutoTriggerEnabled(properties, true);
        RaftServerConfigKeys.Snapshot.setAutoTriggerThreshold(properties, SNAPSHOT_EVERY_ENTRIES);
        RaftServerConfigKeys.Snapshot.setRetentionFileNum(properties, SNAPSHOTS_KEPT);
        RaftServerConfigKeys.Log.setPurgeUptoSnapshotIndex(properties, true);
        RaftServerConfigKeys.Log.setPurgeGap(properties, 1);
        // only whole segments are purged, and an entry has about a hundred bytes
        RaftServerConfigKeys.Log.setSegmentSizeMax(properties, SEGMENT_SIZE);
    }

    static RaftProperties client() {
        var properties = new RaftProperties();
        RaftClientConfigKeys.Rpc.setRequestTimeout(properties, duration(ATTEMPT));
        GrpcConfigKeys.setUseEpoll(properties, false);
        return properties;
    }

    static TimeDuration duration(Duration duration) {
        return TimeDuration.valueOf(duration.toMillis(), TimeUnit.MILLISECONDS);
    }
}
