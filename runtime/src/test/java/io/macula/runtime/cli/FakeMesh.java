package io.macula.runtime.cli;

import io.macula.actors.cluster.ClusterSeat;
import io.macula.actors.dht.Discovery;
import io.macula.actors.health.HealthReport;
import io.macula.actors.state.SharedState;
import io.macula.actors.trace.Tracing;
import io.macula.actors.wire.TopicPattern;
import io.macula.app.Confirmation;
import io.macula.app.Payload;
import io.macula.app.Rpc;
import io.macula.app.Services;
import io.macula.app.State;
import io.macula.app.TopicMessage;
import io.macula.app.Topics;
import io.macula.app.coordination.AdvisoryCoordination;
import io.macula.app.coordination.FencedCoordination;
import io.macula.app.global.GlobalServices;
import io.macula.app.observe.Observe;
import io.macula.dht.NodeId;
import io.macula.runtime.MaculaNode.Started;
import io.macula.runtime.Node;
import io.macula.runtime.NodeSettings;
import io.macula.runtime.PeerLine;
import io.macula.runtime.StartFailure;
import io.macula.runtime.coordination.CoordinationView;
import io.macula.runtime.cut.Cut;
import io.macula.runtime.global.NodeGlobalServices;
import io.macula.runtime.observe.AppMeters;
import io.macula.runtime.observe.NodeMetrics;
import io.macula.runtime.observe.Traffic;
import io.macula.runtime.trace.TraceTuning;
import io.macula.runtime.trace.Traces;
import io.macula.runtime.web.WebMounts;
import io.macula.runtime.why.Matter;
import io.macula.runtime.why.Step;
import io.macula.runtime.workload.Workloads;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Nodes that reach each other through this object instead of a network, for tests of commands.
final class FakeMesh implements NodeStarter {

    private record Listener(String pattern, Consumer<TopicMessage> handler) {}
    final List<NodeSettings> started = new CopyOnWriteArrayList<>();
    final List<FakeNode> nodes = new CopyOnWriteArrayList<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, Rpc.Handler> procedures = new ConcurrentHashMap<>();
    private volatile Node.Joined joined = new Node.Joined.Connected(
            NodeId.hashOf("gateway".getBytes(StandardCharsets.UTF_8)));
    private volatile @Nullable StartFailure failure;
    private volatile Rpc.@Nullable Outcome outcome;
    private volatile boolean confirms = true;
    private volatile List<PeerLine> peers = List.of();

    FakeMesh joining(Node.Joined answer) {
        joined = answer;
        return this;
    }

    FakeMesh failingToStart(StartFailure.Kind kind, String message) {
        failure = new StartFailure(kind, message);
        return this;
    }

    FakeMesh ending(Rpc.Outcome everyCall) {
        outcome = everyCall;
        return this;
    }

    FakeMesh withPeer(PeerLine peer) {
        peers = List.of(peer);
        return this;
    }

    FakeMesh neverConfirming() {
        confirms = false;
        return this;
    }

    boolean isServed(String procedure) {
        return procedures.containsKey(procedure);
    }

    @Override
    public Started start(NodeSettings settings) {
        started.add(settings);
        var planned = failure;
        if (planned != null) {
            return new Started.Failed(planned);
        }
        var node = new FakeNode(settings);
        nodes.add(node);
        return new Started.Running(node);
    }

    Rpc.Answer ask(String procedure, String argument) throws Exception {
        var handler = procedures.get(procedure);
        if (handler == null) {
            throw new AssertionError(procedure + " is not served");
        }
        return handler.handle(Payload.of(argument));
    }

    void publish(String topic, Payload payload) {
        for (var listener : listeners) {
            if (TopicPattern.matches(listener.pattern(), topic)) {
                listener.handler().accept(new TopicMessage(topic, listener.pattern(), payload));
            }
        }
    }

    private CompletionStage<Confirmation> confirmation() {
        return confirms
                ? CompletableFuture.completedStage(new Confirmation.Known())
                : new CompletableFuture<>();
    }

    final class FakeNode implements Node, Topics, Rpc {

        final CompletableFuture<Stopped> stopped = new CompletableFuture<>();
        private final NodeSettings settings;
        private final Traces traces;
        private final Services services = new Services() {
            @Override
            public Registered register(String name, Handler handler, HealthCheck health) {
                return new Registered.Invalid("nobody checks services here");
            }

            @Override
            public CompletionStage<List<Instance>> discover(String name) {
                return CompletableFuture.completedStage(List.of());
            }

            @Override
            public CompletionStage<Outcome> call(String name, Payload argument,
                    CallOptions options) {
                return FakeNode.this.call(name, argument, options);
            }
        };

        FakeNode(NodeSettings settings) {
            this.settings = settings;
            this.traces = Traces.of(id(), TraceTuning.DEFAULT);
        }

        @Override
        public NodeId id() {
            return NodeId.hashOf(settings.name().getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public Topics topics() {
            return this;
        }

        @Override
        public Rpc rpc() {
            return this;
        }

        @Override
        public Services services() {
            return services;
        }

        @Override
        public GlobalServices globalServices() {
            return new NodeGlobalServices(new NodeGlobalServices.Parts(id(), this,
                    (_, service, request, patience) -> call(service, request,
                            CallOptions.DEFAULT.withDeadline(patience)),
                    Optional.empty(), Runnable::run, Tracing.OFF));
        }

        @Override
        public Observe observe() {
            return appMeters().of("node");
        }

        @Override
        public NodeMetrics metrics() {
            return new NodeMetrics(new Traffic(), System::nanoTime);
        }

        @Override
        public AppMeters appMeters() {
            return new AppMeters(SimpleMeterRegistry::new, Tracing.OFF);
        }

        @Override
        public Optional<AdvisoryCoordination> advisory() {
            return Optional.empty();
        }

        @Override
        public Optional<Workloads> workloads() {
            return Optional.empty();
        }

        @Override
        public CompletionStage<List<Step>> whyNot(Matter matter) {
            return CompletableFuture.completedStage(List.of());
        }

        @Override
        public Traces traces() {
            return traces;
        }

        @Override
        public Optional<WebMounts> web() {
            return Optional.empty();
        }

        @Override
        public Optional<FencedCoordination> coordination() {
            return Optional.empty();
        }

        @Override
        public Optional<CoordinationView> coordinationView() {
            return Optional.empty();
        }

        @Override
        public Optional<InetSocketAddress> quicAddress() {
            return settings.quicAddress();
        }

        @Override
        public Optional<InetSocketAddress> httpAddress() {
            return settings.httpAddress();
        }

        @Override
        public CompletionStage<Joined> joined(Duration patience) {
            return CompletableFuture.completedStage(joined);
        }

        @Override
        public boolean isReady() {
            return !stopped.isDone();
        }

        @Override
        public List<io.macula.supervision.Node> trees() {
            return List.of();
        }

        @Override
        public HealthReport report() {
            return new HealthReport(id().hex(), settings.name(), "peer", "local", isReady(), false,
                    Duration.ZERO, Map.of(), Map.of());
        }

        @Override
        public List<PeerLine> peers() {
            return peers;
        }

        @Override
        public Optional<Discovery> discovery() {
            return Optional.empty();
        }

        @Override
        public Optional<State> state() {
            return Optional.empty();
        }

        @Override
        public Optional<SharedState> sharedState() {
            return Optional.empty();
        }

        @Override
        public Optional<ClusterSeat> cluster() {
            return Optional.empty();
        }

        @Override
        public Optional<Cut> cut() {
            return Optional.empty();
        }

        @Override
        public boolean crash(String path) {
            return path.equals("macula/peers");
        }

        @Override
        public boolean kill(String path) {
            return false;
        }

        @Override
        public boolean restart(String path) {
            return false;
        }

        @Override
        public CompletionStage<Stopped> stopped() {
            return stopped;
        }

        @Override
        public CompletionStage<Boolean> drain(Duration patience, Consumer<String> progress) {
            progress.accept("takes nothing new");
            close();
            return CompletableFuture.completedStage(patience.toMillis() > 100);
        }

        @Override
        public void close() {
            stopped.complete(new Stopped(true, "shutdown"));
        }

        @Override
        public Published publish(String topic, Payload payload) {
            if (topic.contains("..")) {
                return new Published.Invalid("a topic has no empty segment");
            }
            FakeMesh.this.publish(topic, payload);
            return new Published.Sent();
        }

        @Override
        public CompletionStage<Receipt> publishWithReceipt(String topic, Payload payload,
                Duration patience) {
            return CompletableFuture.completedStage(switch (publish(topic, payload)) {
                case Published.Invalid(var message) -> new Receipt.Refused(message);
                case Published.Sent _,Published.Busy _,Published.Offline _ ->
                    new Receipt.Taken(1);
            });
        }

        @Override
        public Subscribed subscribe(String pattern, Consumer<TopicMessage> handler) {
            var listener = new Listener(pattern, handler);
            listeners.add(listener);
            return new Subscribed.Active(new Subscription() {
                @Override
                public String pattern() {
                    return pattern;
                }

                @Override
                public CompletionStage<Confirmation> confirmed() {
                    return confirmation();
                }

                @Override
                public void close() {
                    listeners.remove(listener);
                }
            });
        }

        @Override
        public CompletionStage<Outcome> call(String procedure, Payload argument,
                CallOptions options) {
            var planned = outcome;
            return planned == null
                    ? new CompletableFuture<>()
                    : CompletableFuture.completedStage(planned);
        }

        @Override
        public Served serve(String procedure, Handler handler) {
            procedures.put(procedure, handler);
            return new Served.Active(new Registration() {
                @Override
                public String procedure() {
                    return procedure;
                }

                @Override
                public CompletionStage<Confirmation> confirmed() {
                    return confirmation();
                }

                @Override
                public void close() {
                    procedures.remove(procedure);
                }
            });
        }
    }
}
