package io.macula.runtime.global;

import io.macula.actors.state.SharedState;
import io.macula.app.coordination.AdvisoryCoordination;
import io.macula.app.coordination.FencedCoordination;
import io.macula.app.coordination.FencedSession;
import io.macula.app.coordination.NoQuorum;
import io.macula.app.coordination.Opening;
import io.macula.app.coordination.Refused;
import io.macula.app.global.Availability;
import io.macula.app.global.GlobalService;
import io.macula.dht.NodeId;
import io.macula.supervision.Key;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/// One node's part in a global service: carries out what its [Tenure] decides, and has requests handled one after the
/// other while it serves. What blocks runs on threads of the executor.
public final class GlobalProcess {

    public sealed interface Command {}

    /// A request for the instance on this node.
    record Ask(Asked asked) implements Command {}

    private record Heard(Tenure.Event event) implements Command {}

    private record Opened(Opening opening) implements Command {}

    private record Turned(Asked asked, Tenure.Claim claim, Turn.Result result)
            implements
                Command {}

    /// What a process is made of.
    ///
    /// @param fenced present for a service with fences
    /// @param timeToLive of the session; how long a successor waits after a crash
    record Parts(GlobalSeat seat, NodeId self, SharedState shared, Members members,
            Optional<FencedCoordination> fenced, AdvisoryCoordination advisory,
            Duration timeToLive, Executor executor) {

        GlobalService service() {
            return seat.service();
        }

        boolean hasFences() {
            return service().availability() == Availability.FENCED;
        }
    }

    private static final Duration OPEN_PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(300);

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final Parts parts;
    private final Debts debts;
    private final String election;
    private final Majority majority;
    private final Deque<Asked> waiting = new ArrayDeque<>();
    private Tenure tenure;
    private @Nullable FencedSession session;
    private long sessions;
    private @Nullable Leadership serving;
    private @Nullable Asked handled;
    private String problem = "";

    private GlobalProcess(ActorContext<Command> context, TimerScheduler<Command> timers,
            Parts parts, Debts debts) {
        this.context = context;
        this.timers = timers;
        this.parts = parts;
        this.debts = debts;
        this.election = electionOf(parts.service().name());
        this.majority = new Majority(parts.self(), parts.members(), parts.shared());
        var self = parts.self().hex();
        this.tenure = parts.hasFences() ? Tenure.fenced(self) : Tenure.advisory(self);
    }

    static Key<Command> key(String service) {
        return Key.of(service);
    }

    static String electionOf(String service) {
        return "macula.global." + service;
    }

    /// @param stableRef reaches this process and its successors
    static Behavior<Command> create(Parts parts, ActorRef<Command> stableRef) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            context.setLoggerName(GlobalProcess.class);
            var process = new GlobalProcess(context, timers, parts, parts.seat().begin(stableRef));
            process.listen();
            process.hear(new Tenure.Event.Begun());
            return Behaviors.receive((_, command) -> process.on(command), process::signal);
        }));
    }

    private void listen() {
        var self = context.getSelf();
        if (parts.hasFences()) {
            var watch = fenced().onLeadershipChange(election,
                    change -> self.tell(new Heard(new Tenure.Event.Told(change))));
            debts.owes("watch", watch::close);
        } else {
            var candidacy = parts.advisory()
                    .stand(election,
                            leads -> self.tell(new Heard(new Tenure.Event.Advised(leads))));
            debts.owes("candidacy", candidacy::close);
        }
    }

    private FencedCoordination fenced() {
        return parts.fenced().orElseThrow();
    }

    private Behavior<Command> on(Command command) {
        switch (command) {
            case Ask(var asked) -> ask(asked);
            case Heard(var event) -> hear(event);
            case Opened(var opening) -> opened(opening);
            case Turned(var asked, var claim, var result) -> turned(asked, claim, result);
        }
        return Behaviors.same();
    }

    // --- leading

    private void hear(Tenure.Event event) {
        var step = tenure.on(event);
        tenure = step.next();
        step.effects().forEach(this::carryOut);
    }

    private void carryOut(Tenure.Effect effect) {
        switch (effect) {
            case Tenure.Effect.Open() -> open();
            case Tenure.Effect.Stand(var number) -> stand(number);
            case Tenure.Effect.TakeOver(var claim) -> takeOver(claim);
            case Tenure.Effect.Pause() -> timers.startSingleTimer("pause",
                    new Heard(new Tenure.Event.PauseOver()), PAUSE);
            case Tenure.Effect.Follow(var owner) ->
                parts.seat().leads(owner.flatMap(NodeId::parse).orElse(null));
            case Tenure.Effect.Serve(var claim) -> serve(claim);
            case Tenure.Effect.StepDown() -> stepDown();
            case Tenure.Effect.Complain(var why) -> complain(why);
        }
    }

    /// The session is owed from the moment it is there, though this process may be gone by then.
    private void open() {
        var opening = fenced().open(parts.self().hex(), parts.timeToLive(), OPEN_PATIENCE)
                .thenApply(its -> {
                    if (its instanceof Opening.Opened(var made)) {
                        debts.owes("session", made::close);
                    }
                    return its;
                });
        context.pipeToSelf(opening, (its, failure) -> new Opened(failure == null
                ? its
                : new NoQuorum("the voters could not be asked: " + failure)));
    }

    private void opened(Opening opening) {
        switch (opening) {
            case Opening.Opened(var its) -> {
                sessions++;
                session = its;
                var number = sessions;
                var self = context.getSelf();
                var _ = its.ended()
                        .thenRun(() -> self
                                .tell(new Heard(new Tenure.Event.SessionEnded(number))));
                hear(new Tenure.Event.Opened(number));
            }
            case NoQuorum _ -> hear(new Tenure.Event.NotOpened(Optional.empty()));
            case Refused(var message) ->
                hear(new Tenure.Event.NotOpened(Optional.of(message)));
        }
    }

    private FencedSession session() {
        return Objects.requireNonNull(session, "its number is known, so it is open");
    }

    private void stand(long number) {
        context.pipeToSelf(session().electLeader(election, OPEN_PATIENCE),
                (standing, failure) -> new Heard(new Tenure.Event.Stood(number,
                        failure == null ? Optional.of(standing) : Optional.empty())));
    }

    private Leadership leadership(Tenure.Claim claim) {
        return switch (claim) {
            case Tenure.Claim.Fenced(_, var fence) ->
                new Leadership.Fenced(session(), election, fence);
            case Tenure.Claim.Advisory() -> new Leadership.Advisory();
        };
    }

    private void takeOver(Tenure.Claim claim) {
        var branch = leadership(claim).branch();
        var taking = new TakeOver(parts.service(), parts.shared(),
                parts.hasFences() ? Optional.of(majority) : Optional.empty());
        context.pipeToSelf(
                CompletableFuture.supplyAsync(() -> taking.run(branch), parts.executor()),
                (result, failure) -> new Heard(new Tenure.Event.TookOver(claim,
                        failure == null ? result : new TakeOver.Result.NotYet("" + failure))));
    }

    private void serve(Tenure.Claim claim) {
        var leadership = leadership(claim);
        problem = "";
        serving = leadership;
        parts.seat().serves(true);
        context.getLog()
                .atInfo()
                .addKeyValue("service", parts.service().name())
                .addKeyValue("branch", leadership.branch())
                .log("runs the global service");
    }

    private void stepDown() {
        if (serving != null) {
            context.getLog()
                    .atInfo()
                    .addKeyValue("service", parts.service().name())
                    .log("no longer runs the global service");
        }
        serving = null;
        parts.seat().serves(false);
        waiting.forEach(Asked::notHere);
        waiting.clear();
    }

    private void complain(String why) {
        if (!why.equals(problem)) {
            problem = why;
            context.getLog().atWarn().addKeyValue("service", parts.service().name()).log(why);
        }
    }

    // --- serving

    private void ask(Asked asked) {
        if (serving == null) {
            asked.notHere();
        } else {
            waiting.add(asked);
            next();
        }
    }

    private void next() {
        var leadership = serving;
        if (handled != null || waiting.isEmpty() || leadership == null) {
            return;
        }
        var asked = waiting.remove();
        var claim = tenure.serving().orElseThrow();
        handled = asked;
        var turn = new Turn(parts.service(), parts.shared(), leadership, majority);
        context.pipeToSelf(
                CompletableFuture.supplyAsync(() -> turn.handle(asked), parts.executor()),
                (result, failure) -> new Turned(asked, claim, failure == null
                        ? result
                        : new Turn.Result.Superseded()));
    }

    private void turned(Asked asked, Tenure.Claim claim, Turn.Result result) {
        handled = null;
        switch (result) {
            case Turn.Result.Replied(var reply) ->
                asked.answer().complete(new Envelope.Answer.Ended(reply));
            case Turn.Result.Superseded() -> {
                asked.notHere();
                hear(new Tenure.Event.Superseded(claim));
            }
        }
        next();
    }

    private Behavior<Command> signal(ActorContext<Command> ignored, Signal signal) {
        if (signal instanceof PostStop) {
            stepDown();
            parts.seat().leads(null);
            debts.settle();
        }
        return Behaviors.same();
    }
}
