package io.macula.runtime;

import io.macula.actors.dht.DhtConfig;
import io.macula.runtime.trace.TraceTuning;
import java.time.Duration;

/// The numbers of a node that an operator may turn, each with its key in `reference.conf`.
///
/// @param quicProvider
///            `auto`, `netty` or `kwik`
/// @param peerStrategy
///            `one-for-all` or `rest-for-one`: how a peer_system answers a crash
/// @param link
///            how links are kept
/// @param frameMaxBytes
///            longest frame accepted, at most 16 MiB
/// @param clientsMax
///            links a gateway serves at once
/// @param gatewayLinksMax
///            links a gateway dials to other nodes and keeps, least recently used goes first
/// @param meshLinksMax
///            links a peer dials to other nodes and keeps, least recently used goes first
/// @param meshLinksWanted
///            links to other nodes a node sees to by itself
/// @param subscriptionsMaxPerClient
///            topic patterns one client may subscribe to
/// @param proceduresMaxPerClient
///            procedures one client may offer
/// @param pendingCallsMax
///            calls one node may have open at once
/// @param advertisementTtl
///            how long an offered procedure is known without being renewed
/// @param advertisementRefresh
///            how often an offer is renewed
/// @param advertisementSweep
///            how often the directory forgets what has expired
/// @param dedupWindow
///            how many message ids a subscriber remembers to drop duplicates
/// @param lanEnabled
///            whether the node is announced on its local networks and looks for others there
/// @param dht
///            sizes and times of the node's part of the DHT
/// @param state
///            how the node takes part in shared state
/// @param coordination
///            how it takes part in the coordination of its Cluster
/// @param platform
///            how much it gives to workloads
/// @param http
///            what its HTTP port allows
/// @param traces
///            which of its requests become traces, and how many are kept
public record Tuning(String quicProvider, String peerStrategy, LinkTuning link,
        int frameMaxBytes, int clientsMax, int gatewayLinksMax,
        int meshLinksMax,
        int meshLinksWanted, int subscriptionsMaxPerClient,
        int proceduresMaxPerClient, int pendingCallsMax, Duration advertisementTtl,
        Duration advertisementRefresh, Duration advertisementSweep, int dedupWindow,
        boolean lanEnabled, DhtConfig dht, StateTuning state, CoordinationTuning coordination,
        PlatformTuning platform, HttpTuning http, TraceTuning traces) {

    /// The same with other traces.
    public Tuning withTraces(TraceTuning newTraces) {
        return new Tuning(quicProvider, peerStrategy, link, frameMaxBytes,
                clientsMax,
                gatewayLinksMax, meshLinksMax, meshLinksWanted, subscriptionsMaxPerClient,
                proceduresMaxPerClient, pendingCallsMax, advertisementTtl, advertisementRefresh,
                advertisementSweep, dedupWindow, lanEnabled, dht, state, coordination, platform,
                http, newTraces);
    }

    /// What `reference.conf` says.
    public static final Tuning DEFAULT = new Tuning("auto", "one-for-all", LinkTuning.DEFAULT,
            1 << 20, 10_000, 1_000, 50, 20, 1_000, 1_000, 100_000,
            Duration.ofSeconds(300),
            Duration.ofSeconds(240), Duration.ofSeconds(60), 65_536, false,
            DhtConfig.DEFAULT, StateTuning.DEFAULT, CoordinationTuning.DEFAULT,
            PlatformTuning.DEFAULT, HttpTuning.DEFAULT, TraceTuning.DEFAULT);

    /// The same with another part in the coordination of its Cluster.
    public Tuning withCoordination(CoordinationTuning wanted) {
        return new Tuning(quicProvider, peerStrategy, link, frameMaxBytes,
                clientsMax, gatewayLinksMax, meshLinksMax, meshLinksWanted,
                subscriptionsMaxPerClient,
                proceduresMaxPerClient, pendingCallsMax, advertisementTtl, advertisementRefresh,
                advertisementSweep, dedupWindow, lanEnabled, dht, state, wanted, platform,
                http, traces);
    }

    /// The same with another HTTP port.
    public Tuning withHttp(HttpTuning wanted) {
        return new Tuning(quicProvider, peerStrategy, link, frameMaxBytes,
                clientsMax,
                gatewayLinksMax, meshLinksMax, meshLinksWanted, subscriptionsMaxPerClient,
                proceduresMaxPerClient, pendingCallsMax, advertisementTtl, advertisementRefresh,
                advertisementSweep, dedupWindow, lanEnabled, dht, state, coordination, platform,
                wanted, traces);
    }

    /// The same over another QUIC provider.
    public Tuning withQuicProvider(String wanted) {
        return new Tuning(wanted, peerStrategy, link, frameMaxBytes,
                clientsMax, gatewayLinksMax, meshLinksMax, meshLinksWanted,
                subscriptionsMaxPerClient, proceduresMaxPerClient, pendingCallsMax,
                advertisementTtl, advertisementRefresh, advertisementSweep, dedupWindow,
                lanEnabled, dht, state, coordination, platform, http, traces);
    }
}
