package io.macula.actors.rpc;

import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.RpcReply;
import io.macula.actors.wire.RpcRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The calls that pass through a gateway: picks a provider for each request, brings the answer
/// back to the one who asked, and ends the call when either side goes away. A pure core: no
/// clock, no I/O; owned by one process.
///
/// A provider's answer counts only for requests that were sent to that provider. Bounded by
/// `pendingMax` requests under way, by `pendingPerPeerMax` of one peer, so that none takes the
/// room of all, and by [#ATTEMPTS_MAX] providers for one request.
public final class CallRouting {

    /// What has to be done.
    public sealed interface Effect {
        record SendRequest(Party caller, Party provider, RpcRequest request) implements Effect {}

        record SendOutcome(Party caller, Bytes requestId, CallOutcome outcome)
                implements
                    Effect {}

        /// Passes a provider's answer on unchanged.
        record SendReply(Party caller, RpcReply reply) implements Effect {}
    }

    private record CallKey(Party caller, Bytes requestId) {}

    /// @param again the request when it may be sent to another provider later; else it is not
    ///     kept
    private record Pending(Party provider, @Nullable RpcRequest again, Instant deadline,
            Set<Party> tried) {}

    /// Providers that are tried for one request.
    static final int ATTEMPTS_MAX = 16;

    private static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(5);
    private static final Duration DEADLINE_MAX = Duration.ofHours(1);

    private final Directory directory;
    private final int pendingMax;
    private final int pendingPerPeerMax;
    private final Map<CallKey, Pending> pending = new HashMap<>();
    private final Map<Party, Set<CallKey>> byProvider = new HashMap<>();
    private final Map<Party, Set<CallKey>> byCaller = new HashMap<>();

    /// @param pendingMax requests under way at once; one more is answered `busy`
    /// @param pendingPerPeerMax the same for one peer; the gateway's own code may use all
    public CallRouting(Directory directory, int pendingMax, int pendingPerPeerMax) {
        this.directory = directory;
        this.pendingMax = pendingMax;
        this.pendingPerPeerMax = pendingPerPeerMax;
    }

    /// A peer or the gateway's own code asks for a procedure. A request id the caller uses
    /// already is ignored.
    public List<Effect> requested(Party caller, RpcRequest request, Instant now) {
        var key = new CallKey(caller, request.requestId());
        if (pending.containsKey(key)) {
            return List.of();
        }
        if (pending.size() >= pendingMax) {
            return List.of(failure(key, RpcError.BUSY,
                    "the gateway carries as many calls as it may (" + pendingMax + ")"));
        }
        if (caller instanceof Party.Client && count(byCaller, caller) >= pendingPerPeerMax) {
            return List.of(failure(key, RpcError.BUSY,
                    "one peer may have " + pendingPerPeerMax + " calls under way"));
        }
        return attempt(key, request, now.plus(patience(request)), new HashSet<>(), now)
                .map(List::of)
                .orElseGet(() -> List.of(failure(key, RpcError.PROCEDURE_NOT_FOUND,
                        "nobody in the realm offers " + request.procedure())));
    }

    /// A provider answers. Nothing happens when it was not asked, or nobody waits any more.
    public List<Effect> replied(Party provider, RpcReply reply, Optional<Party> caller) {
        if (caller.isEmpty()) {
            return List.of();
        }
        var key = new CallKey(caller.get(), reply.requestId());
        var call = pending.get(key);
        if (call == null || !call.provider().equals(provider)) {
            return List.of();
        }
        forget(key, call);
        return List.of(new Effect.SendReply(key.caller(), reply));
    }

    /// A request could not be handed to its provider, so it has not run: the next one is tried.
    ///
    /// @param error how the call ends when there is no other provider
    public List<Effect> notTaken(Party caller, RpcRequest request, RpcError error,
            String message, Instant now) {
        var key = new CallKey(caller, request.requestId());
        var call = pending.get(key);
        if (call == null) {
            return List.of();
        }
        forget(key, call);
        return List.of(attempt(key, request, call.deadline(), call.tried(), now)
                .orElseGet(() -> failure(key, error, message)));
    }

    /// A request that no provider could take, such as one that is too long to be passed on.
    public List<Effect> impossible(Party caller, Bytes requestId, String message) {
        var key = new CallKey(caller, requestId);
        var call = pending.get(key);
        if (call == null) {
            return List.of();
        }
        forget(key, call);
        return List.of(failure(key, RpcError.INVALID, message));
    }

    /// A party is gone: its own calls need no answer any more, and what it was asked ends as
    /// `gone`, or goes to another provider when the caller said that is safe.
    public List<Effect> left(Party party, Instant now) {
        directory.left(party);
        for (var key : keys(byCaller, party)) {
            var call = pending.get(key);
            if (call != null) {
                forget(key, call);
            }
        }
        var effects = new ArrayList<Effect>();
        for (var key : keys(byProvider, party)) {
            var call = pending.get(key);
            if (call != null) {
                forget(key, call);
                effects.add(orphaned(key, call, now));
            }
        }
        return effects;
    }

    private Effect orphaned(CallKey key, Pending call, Instant now) {
        var gone = failure(key, RpcError.GONE,
                "the provider went away; the request may or may not have run");
        var again = call.again();
        return again == null
                ? gone
                : attempt(key, again, call.deadline(), call.tried(), now).orElse(gone);
    }

    /// Forgets calls whose deadline has passed: the caller has given up by itself.
    public void sweep(Instant now) {
        pending.entrySet().removeIf(entry -> {
            var expired = !now.isBefore(entry.getValue().deadline());
            if (expired) {
                unindex(entry.getKey(), entry.getValue());
            }
            return expired;
        });
    }

    public int pendingCalls() {
        return pending.size();
    }

    /// Sends the request to the least busy provider that was not tried yet.
    private Optional<Effect> attempt(CallKey key, RpcRequest request, Instant deadline,
            Set<Party> tried, Instant now) {
        if (!now.isBefore(deadline) || tried.size() >= ATTEMPTS_MAX) {
            return Optional.empty();
        }
        return directory.choose(request.procedure(), tried, party -> count(byProvider, party), now)
                .map(provider -> {
                    tried.add(provider);
                    var again = Boolean.TRUE.equals(request.idempotent()) ? request : null;
                    note(key, new Pending(provider, again, deadline, tried));
                    return new Effect.SendRequest(key.caller(), provider, request);
                });
    }

    private static int count(Map<Party, Set<CallKey>> index, Party party) {
        return index.getOrDefault(party, Set.of()).size();
    }

    private static List<CallKey> keys(Map<Party, Set<CallKey>> index, Party party) {
        return List.copyOf(index.getOrDefault(party, Set.of()));
    }

    private void note(CallKey key, Pending call) {
        pending.put(key, call);
        byProvider.computeIfAbsent(call.provider(), _ -> new HashSet<>()).add(key);
        byCaller.computeIfAbsent(key.caller(), _ -> new HashSet<>()).add(key);
    }

    private void forget(CallKey key, Pending call) {
        pending.remove(key);
        unindex(key, call);
    }

    private void unindex(CallKey key, Pending call) {
        unindex(byProvider, call.provider(), key);
        unindex(byCaller, key.caller(), key);
    }

    private static void unindex(Map<Party, Set<CallKey>> index, Party party, CallKey key) {
        index.computeIfPresent(party, (_, keys) -> {
            keys.remove(key);
            return keys.isEmpty() ? null : keys;
        });
    }

    private static Effect failure(CallKey key, RpcError error, String message) {
        return new Effect.SendOutcome(key.caller(), key.requestId(),
                new CallOutcome.Failed(error, message));
    }

    /// How long whoever asks is going to wait, within bounds.
    public static Duration patience(RpcRequest request) {
        var asked = request.timeoutMillis();
        if (asked == null || asked < 1) {
            return DEFAULT_DEADLINE;
        }
        var wanted = Duration.ofMillis(asked);
        return wanted.compareTo(DEADLINE_MAX) > 0 ? DEADLINE_MAX : wanted;
    }
}
