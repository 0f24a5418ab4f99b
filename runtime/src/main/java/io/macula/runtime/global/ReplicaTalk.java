package io.macula.runtime.global;

import io.macula.actors.cluster.ClusterChannel;
import io.macula.actors.cluster.ClusterSeat;
import io.macula.actors.cluster.ClusterView;
import io.macula.actors.state.SharedState;
import io.macula.crdt.replicator.Version;
import io.macula.dht.NodeId;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Asks the other members of a Cluster what state they have, and answers them. A question is sent
/// again while nobody answers, and answered with no when its time is over. Safe to use from any thread.
public final class ReplicaTalk implements Members {

    /// Questions of others that are waited for at a time; one more is not answered.
    private static final int WAITING_MAX = 10_000;

    /// When a question that was not answered is sent a second time.
    private static final Duration AGAIN_FIRST = Duration.ofMillis(250);

    private final NodeId self;
    private final ClusterSeat cluster;
    private final SharedState shared;
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicLong waiting = new AtomicLong();
    private final ConcurrentHashMap<Long, CompletableFuture<ReplicaWord>> open = new ConcurrentHashMap<>();

    private ReplicaTalk(NodeId self, ClusterSeat cluster, SharedState shared) {
        this.self = self;
        this.cluster = cluster;
        this.shared = shared;
    }

    /// Answers from now on.
    public static ReplicaTalk between(NodeId self, ClusterSeat cluster, SharedState shared) {
        var talk = new ReplicaTalk(self, cluster, shared);
        cluster.channel().listen(ReplicaWord.MARK, talk.listener());
        return talk;
    }

    private ClusterChannel.Listener listener() {
        return (from, frame) -> ReplicaWord.decode(frame).ifPresent(word -> heard(from, word));
    }

    private void heard(NodeId from, ReplicaWord word) {
        switch (word) {
            case ReplicaWord.AskVersion(var number) ->
                send(from, new ReplicaWord.HasVersion(number, shared.version()));
            case ReplicaWord.AskReached(var number, var patience, var version) -> {
                if (waiting.incrementAndGet() > WAITING_MAX) {
                    waiting.decrementAndGet();
                    return;
                }
                var _ = shared.reached(version, patience).thenAccept(isThere -> {
                    waiting.decrementAndGet();
                    send(from, new ReplicaWord.HasReached(number, isThere));
                });
            }
            case ReplicaWord.HasVersion _,ReplicaWord.HasReached _ -> {
                var question = open.remove(word.number());
                if (question != null) {
                    question.complete(word);
                }
            }
        }
    }

    private void send(NodeId to, ReplicaWord word) {
        var frame = word.encode();
        if (frame.length <= ClusterChannel.FRAME_BYTES_MAX) {
            var _ = cluster.channel().send(to, frame);
        }
    }

    /// As the Cluster knows them, those out of reach included.
    @Override
    public Set<NodeId> all() {
        var known = cluster.membership().view().members();
        return Stream.concat(Stream.of(self), nodes(known)).collect(Collectors.toSet());
    }

    private static Stream<NodeId> nodes(Collection<ClusterView.Member> members) {
        return members.stream().map(ClusterView.Member::node);
    }

    @Override
    public CompletionStage<Optional<Version>> version(NodeId member, Duration patience) {
        var number = numbers.incrementAndGet();
        return ask(member, new ReplicaWord.AskVersion(number), patience)
                .thenApply(answer -> answer instanceof ReplicaWord.HasVersion(_, var version)
                        ? Optional.of(version)
                        : Optional.empty());
    }

    @Override
    public CompletionStage<Boolean> reached(NodeId member, Version version, Duration patience) {
        var number = numbers.incrementAndGet();
        return ask(member, new ReplicaWord.AskReached(number, patience, version), patience)
                .thenApply(answer -> answer instanceof ReplicaWord.HasReached(_, var isThere)
                        && isThere);
    }

    /// The question itself stands for no answer.
    private CompletionStage<ReplicaWord> ask(NodeId member, ReplicaWord question,
            Duration patience) {
        var answer = new CompletableFuture<ReplicaWord>();
        open.put(question.number(), answer);
        send(member, question, AGAIN_FIRST, answer);
        return answer.completeOnTimeout(question, patience.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((_, _) -> open.remove(question.number()));
    }

    /// Again after twice the time as long as there is no answer: a member that has just come may not be reached by the
    /// first one.
    private void send(NodeId member, ReplicaWord question, Duration again,
            CompletableFuture<ReplicaWord> answer) {
        send(member, question);
        CompletableFuture.delayedExecutor(again.toMillis(), TimeUnit.MILLISECONDS).execute(() -> {
            if (!answer.isDone()) {
                send(member, question, again.multipliedBy(2), answer);
            }
        });
    }
}
