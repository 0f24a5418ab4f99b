package io.macula.actors.bootstrap;

import io.macula.actors.gateway.GatewayRpc;
import io.macula.actors.link.Link;
import io.macula.actors.wire.Call;
import io.macula.actors.wire.FindNode;
import io.macula.actors.wire.FindValue;
import io.macula.actors.wire.FindValueReply;
import io.macula.actors.wire.Message;
import io.macula.dht.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// Answers the questions of newcomers: which nodes are there (`find_node`,
/// `_dht.list_gateways`), and who offers a procedure (`find_value`). What the answers look like
/// is decided by [BootstrapAnswers].
public final class BootstrapServer {

    public sealed interface Command {}

    public record NodeAsked(Link from, FindNode question) implements Command {}

    public record ValueAsked(Link from, FindValue question) implements Command {}

    public record Called(Link from, Call call) implements Command {}

    /// Asks how many questions were answered; also shows that the process is alive.
    public record HowMany(ActorRef<Answered> replyTo) implements Command {}

    public record Answered(long questions) {}

    private record Answer(Link to, Message message) implements Command {}

    /// @param answered questions answered so far
    /// @param underWay questions that wait for the registry or the directory
    private record State(long answered, int underWay) {}

    /// Questions under way at once.
    static final int QUESTIONS_MAX = 100;

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final ActorContext<Command> context;
    private final Supplier<BootstrapAnswers> answers;
    private final ActorRef<BootstrapRegistry.Command> registry;
    private final ActorRef<GatewayRpc.Command> directory;

    private BootstrapServer(ActorContext<Command> context, Supplier<BootstrapAnswers> answers,
            ActorRef<BootstrapRegistry.Command> registry,
            ActorRef<GatewayRpc.Command> directory) {
        this.context = context;
        this.answers = answers;
        this.registry = registry;
        this.directory = directory;
    }

    /// @param self this gateway, which is listed too
    /// @param endpoint where it listens now
    public static Behavior<Command> create(NodeId self, Supplier<String> endpoint, String realm,
            ActorRef<BootstrapRegistry.Command> registry,
            ActorRef<GatewayRpc.Command> directory) {
        return Behaviors.setup(context -> {
            context.setLoggerName(BootstrapServer.class);
            return new BootstrapServer(context,
                    () -> new BootstrapAnswers(self, endpoint.get(), realm),
                    registry, directory).serving(new State(0, 0));
        });
    }

    private Behavior<Command> serving(State state) {
        return Behaviors.receiveMessage(command -> switch (command) {
            case NodeAsked(var from, var question) -> ask(state,
                    () -> askRegistry(from, listed -> answers.get().closest(question, listed)));
            case Called(var from, var call) -> ask(state,
                    () -> askRegistry(from, listed -> answers.get().called(call, listed)));
            case ValueAsked(var from, var question) ->
                ask(state, () -> askDirectory(from, question));
            case Answer(var to, var message) -> {
                send(to, message);
                yield serving(new State(state.answered() + 1, state.underWay() - 1));
            }
            case HowMany(var replyTo) -> {
                replyTo.tell(new Answered(state.answered()));
                yield Behaviors.same();
            }
        });
    }

    /// A question that does not fit is not answered: who asked asks again, or somebody else.
    private Behavior<Command> ask(State state, Runnable asking) {
        if (state.underWay() >= QUESTIONS_MAX) {
            context.getLog().atDebug().log("too many questions under way; one is dropped");
            return Behaviors.same();
        }
        asking.run();
        return serving(new State(state.answered(), state.underWay() + 1));
    }

    private void askRegistry(Link from,
            Function<List<BootstrapRegistry.Entry>, Message> answer) {
        context.ask(BootstrapRegistry.Listed.class, registry, PATIENCE,
                BootstrapRegistry.Listing::new, (listed, failure) -> new Answer(from,
                        answer.apply(listed == null ? List.of() : listed.entries())));
    }

    private void askDirectory(Link from, FindValue question) {
        context.ask(GatewayRpc.Providers.class, directory, PATIENCE,
                (ActorRef<GatewayRpc.Providers> replyTo) -> new GatewayRpc.WhoOffers(
                        question.key(), replyTo),
                (providers, failure) -> new Answer(from, providers == null
                        ? errorTo(question)
                        : answers.get().offered(question, providers.parties())));
    }

    private static Message errorTo(FindValue question) {
        var error = FindValueReply.error("the directory does not answer; ask again");
        var requestId = question.requestId();
        return requestId == null ? error : error.withRequestId(requestId);
    }

    private void send(Link to, Message message) {
        if (to.send(message) != Link.Sent.QUEUED) {
            context.getLog().atDebug().addKeyValue("peer", to.peer()).log("answer not sent");
        }
    }
}
