package io.macula.arcade;

import com.typesafe.config.ConfigFactory;
import io.macula.app.Confirmation;
import io.macula.app.Payload;
import io.macula.app.Rpc;
import io.macula.app.Services;
import io.macula.app.State;
import io.macula.app.TopicMessage;
import io.macula.app.Topics;
import io.macula.app.coordination.AdvisoryCoordination;
import io.macula.app.coordination.FencedCoordination;
import io.macula.app.global.GlobalService;
import io.macula.app.global.GlobalServices;
import io.macula.app.observe.Observe;
import io.macula.app.web.Socket;
import io.macula.app.web.SocketHandler;
import io.macula.app.web.Web;
import io.macula.app.workload.Platform;
import io.macula.arcade.matchmaking.Matchmaking;
import io.macula.supervision.Supervision;
import io.macula.supervision.Supervisor;
import io.macula.supervision.TreePath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;

/// Nodes that run the Arcade in one JVM, on a platform in memory: topics that reach everybody alive, a global service with a state
/// that outlives its node, and pages that are lists of what they were told.
final class Bench implements AutoCloseable {

    private final Map<String, BenchNode> nodes = new LinkedHashMap<>();
    private final ExecutorService instance = Executors.newSingleThreadExecutor();
    private final MemoryState state = new MemoryState();
    private volatile boolean hasQuorum = true;

    Bench(String... names) {
        for (var name : names) {
            nodes.put(name, new BenchNode(name));
        }
        nodes.values().forEach(BenchNode::start);
    }

    BenchNode node(String name) {
        var node = nodes.get(name);
        if (node == null) {
            throw new IllegalArgumentException(name);
        }
        return node;
    }

    /// From now on callers of global services are told that there is no quorum, or no longer.
    void hasQuorum(boolean yes) {
        hasQuorum = yes;
    }

    /// As kill -9: the node says nothing more, to nobody.
    void kill(String name) {
        node(name).isAlive = false;
        node(name).system().terminate();
    }

    @Override
    public void close() {
        nodes.values().forEach(node -> node.system().terminate());
        instance.shutdownNow();
    }

    /// What one browser has been told.
    static final class Page implements Socket {
        private final String id;
        private final SocketHandler handler;
        private final List<String> heard = new CopyOnWriteArrayList<>();
        private volatile boolean isClosed;

        Page(String id, SocketHandler handler) {
            this.id = id;
            this.handler = handler;
            handler.opened(this);
        }

        Page says(String text) {
            handler.received(this, text);
            return this;
        }

        /// The browser goes away.
        void leaves() {
            isClosed = true;
            handler.closed(this);
        }

        List<String> heard() {
            return List.copyOf(heard);
        }

        /// What it was told of kind `say`, oldest first.
        List<String> heard(String say) {
            return heard.stream().filter(text -> text.contains("\"say\":\"" + say + "\"")).toList();
        }

        boolean isClosed() {
            return isClosed;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public Map<String, String> query() {
            return Map.of();
        }

        @Override
        public boolean send(String text) {
            return !isClosed && heard.add(text);
        }

        @Override
        public void close() {
            if (!isClosed) {
                leaves();
            }
        }
    }

    /// One node: what a workload sees of it.
    final class BenchNode implements Platform, Topics, GlobalServices, Web {
        private final String name;
        private final Map<Object, Map.Entry<String, Consumer<TopicMessage>>> subscriptions = new ConcurrentHashMap<>();
        private final ExecutorService deliveries = Executors.newSingleThreadExecutor();
        private volatile boolean isAlive = true;
        private volatile @Nullable SocketHandler door;
        private @Nullable ActorSystem<Supervisor.Command> system;
        private int pages;

        BenchNode(String name) {
            this.name = name;
        }

        void start() {
            system = ActorSystem.create(Supervisor.root("arcade", new Arcade().processes(this)),
                    "node-" + name, ConfigFactory.load());
            Supervision.of(system).whenUp("arcade").toCompletableFuture().join();
        }

        ActorSystem<Supervisor.Command> system() {
            var running = system;
            if (running == null) {
                throw new IllegalStateException(name + " does not run");
            }
            return running;
        }

        /// A browser opens the page here.
        Page opens() {
            var handler = door;
            if (handler == null) {
                throw new IllegalStateException("no socket is mounted on " + name);
            }
            return new Page(name + "-" + pages++, handler);
        }

        boolean hasDoor() {
            return door != null;
        }

        void crashLobby() {
            Supervision.of(system())
                    .crash(TreePath.of("arcade", "lobby"),
                            new IllegalStateException("on purpose"));
        }

        @Override
        public String node() {
            return name;
        }

        @Override
        public Observe observe() {
            return Observe.unseen();
        }

        @Override
        public Published publish(String topic, Payload payload) {
            if (isAlive) {
                nodes.values().forEach(to -> to.deliver(topic, payload));
            }
            return new Published.Sent();
        }

        private void deliver(String topic, Payload payload) {
            if (isAlive) {
                deliveries.execute(() -> subscriptions.values().forEach(subscription -> {
                    var pattern = subscription.getKey();
                    var prefix = pattern.substring(0, pattern.length() - 1);
                    if (pattern.equals(topic)
                            || (pattern.endsWith("*") && topic.startsWith(prefix))) {
                        subscription.getValue().accept(new TopicMessage(topic, pattern, payload));
                    }
                }));
            }
        }

        @Override
        public CompletionStage<Receipt> publishWithReceipt(String topic, Payload payload,
                Duration patience) {
            publish(topic, payload);
            return CompletableFuture.completedStage(
                    new Receipt.Unanswered("nobody counts subscribers here"));
        }

        @Override
        public Subscribed subscribe(String pattern, Consumer<TopicMessage> handler) {
            var key = new Object();
            subscriptions.put(key, Map.entry(pattern, handler));
            return new Subscribed.Active(new Subscription() {
                @Override
                public String pattern() {
                    return pattern;
                }

                @Override
                public CompletionStage<Confirmation> confirmed() {
                    return CompletableFuture.completedStage(new Confirmation.Known());
                }

                @Override
                public void close() {
                    subscriptions.remove(key);
                }
            });
        }

        List<String> patterns() {
            return subscriptions.values().stream().map(Map.Entry::getKey).toList();
        }

        @Override
        public Hosted host(GlobalService service) {
            return new Hosted.Invalid("the bench runs it");
        }

        @Override
        public CompletionStage<Reply> request(String service, Payload argument,
                Duration deadline) {
            if (!isAlive || !hasQuorum) {
                return CompletableFuture.completedStage(new Reply.NoQuorum("cut off"));
            }
            return CompletableFuture.supplyAsync(() -> switch (state
                    .handle(new Matchmaking("bench"), argument)) {
                case Rpc.Answer.Result(var value) -> new Reply.Ok(value);
                case Rpc.Answer.Failure(var reason) -> new Reply.Failed(reason);
            }, instance);
        }

        @Override
        public String root() {
            return "/apps/arcade/";
        }

        @Override
        public Mounted pages(String folder) {
            return new Mounted.Active(() -> {});
        }

        @Override
        public Mounted socket(String path, SocketHandler handler) {
            var watched = new Watched(handler);
            door = watched;
            return new Mounted.Active(watched::end);
        }

        @Override
        public Topics topics() {
            return this;
        }

        @Override
        public GlobalServices globalServices() {
            return this;
        }

        @Override
        public Optional<Web> web() {
            return Optional.of(this);
        }

        @Override
        public Rpc rpc() {
            return new Rpc() {
                @Override
                public CompletionStage<Outcome> call(String procedure, Payload argument,
                        CallOptions options) {
                    return CompletableFuture.completedStage(
                            new Outcome.NoSuchProcedure("nobody offers " + procedure));
                }

                @Override
                public Served serve(String procedure, Handler handler) {
                    return new Served.Invalid("nothing can be offered here");
                }
            };
        }

        @Override
        public Services services() {
            return new Services() {
                @Override
                public Registered register(String name, Rpc.Handler handler,
                        HealthCheck health) {
                    return new Registered.Invalid("nothing can be offered here");
                }

                @Override
                public CompletionStage<List<Instance>> discover(String name) {
                    return CompletableFuture.completedStage(List.of());
                }

                @Override
                public CompletionStage<Rpc.Outcome> call(String name, Payload argument,
                        Rpc.CallOptions options) {
                    return rpc().call(name, argument, options);
                }
            };
        }

        @Override
        public Optional<State> state() {
            return Optional.empty();
        }

        @Override
        public Optional<FencedCoordination> coordination() {
            return Optional.empty();
        }

        @Override
        public Optional<AdvisoryCoordination> advisory() {
            return Optional.empty();
        }
    }

    /// A mounted socket: ends its connections when it is unmounted.
    private static final class Watched implements SocketHandler {
        private final SocketHandler handler;
        private final List<Socket> open = new CopyOnWriteArrayList<>();

        Watched(SocketHandler handler) {
            this.handler = handler;
        }

        void end() {
            new ArrayList<>(open).forEach(Socket::close);
        }

        @Override
        public void opened(Socket socket) {
            open.add(socket);
            handler.opened(socket);
        }

        @Override
        public void received(Socket socket, String text) {
            handler.received(socket, text);
        }

        @Override
        public void closed(Socket socket) {
            open.remove(socket);
            handler.closed(socket);
        }
    }
}
