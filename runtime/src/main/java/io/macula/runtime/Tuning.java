package io.macula.runtime;

import java.time.Duration;

/// The numbers of a node that an operator may turn, each with its key in `reference.conf`.
///
/// @param quicProvider
///            `auto`, `netty` or `kwik`
/// @param peerStrategy
///            `one-for-all` or `rest-for-one`: how a peer_system answers a crash
/// @param heartbeat
///            time between heartbeats asked for on a link
/// @param frameMaxBytes
///            longest frame accepted, at most 16 MiB
/// @param clientsMax
///            links a gateway serves at once
/// @param meshLinksMax
///            links a gateway keeps to other gateways, least recently used goes first
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
public record Tuning(String quicProvider, String peerStrategy, Duration heartbeat,
        int frameMaxBytes, int clientsMax, int meshLinksMax, int subscriptionsMaxPerClient,
        int proceduresMaxPerClient, int pendingCallsMax, Duration advertisementTtl,
        Duration advertisementRefresh, Duration advertisementSweep, int dedupWindow) {

    /// What `reference.conf` says.
    public static final Tuning DEFAULT = new Tuning("auto", "one-for-all", Duration.ofSeconds(1),
            1 << 20, 10_000, 1_000, 1_000, 1_000, 100_000, Duration.ofSeconds(300),
            Duration.ofSeconds(240), Duration.ofSeconds(60), 65_536);
}
