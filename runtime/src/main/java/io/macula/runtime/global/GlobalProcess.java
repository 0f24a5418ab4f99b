package io.macula.runtime.global;

import io.macula.actors.state.SharedState;
import io.macula.app.coordination.AdvisoryCoordination;
import io.macula.app.coordination.FencedCoordination;
import io.macula.app.coordination.FencedSession;
import io.macula.app.coordination.Leader;
import io.macula.app.coordination.LeadershipChange;
import io.macula.app.coordination.NoQuorum;
import io.macula.app.coordination.Opening;
import io.macula.app.coordination.Refused;
import io.macula.app.coordination.SessionLost;
import io.macula.app.coordination.Standing;
import io.macula.app.global.Availability;
import io.macula.app.global.GlobalService;
import io.macula.dht.NodeId;
import io.macula.supervision.Key;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
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

/// One node's part in a global service: stands for its leadership, takes over when it leads, and has requests
/// handled one after the other while it does.
///
/// It goes from opening (a session with the voters) to standing (a candidate), taking over, and
/// serving; and back to standing when another leads, to opening when the session has ended. A service
/// without fences goes between standing and taking over alone. What blocks runs on threads of the
/// executor.
public final class GlobalProcess {

    public sealed interface Command {}

    /// A request for the instance on this node.
    record Ask(Asked asked) implements Command {}

    private record Opened(Opening opening) implements Command {}

    private record Stood(FencedSession session, Standing standing) implements Command {}

    private record Told(LeadershipChange change) implements Command {}

    private record Advised(boolean leads) implements Command {}

    private record Ended(FencedSession session) implements Command {}

    private record TookOver(Leadership leadership, TakeOver.Result result) implements Command {}

    private record Turned(Asked asked, Leadership leadership, Turn.Result result)
            implements
                Command {}

    private record Again() implements Command {}

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
    }

    private static final Duration OPEN_PATIENCE = Duration.ofSeconds(5);
    private static final Duration AGAIN = Duration.ofMillis(300);

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final Parts parts;
    private final String election;
    private final Majority majority;
    private final Deque<Asked> waiting = new ArrayDeque<>();
    private @Nullable FencedSession session;
    private @Nullable Leadership serving;
    private boolean isOpening;
    private boolean isTakingOver;
    /// Of a service without fences: whether this node was told that it leads.
    private boolean isAdvised;
    private @Nullable Asked handled;
    private String problem = "";

    private GlobalProcess(ActorContext<Command> context, TimerScheduler<Command> timers,
            Parts parts) {
        this.context = context;
        this.timers = timers;
        this.parts = parts;
        this.election = electionOf(parts.service().name());
        this.majority = new Majority(parts.self(), parts.members(), parts.shared());
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
            var process = new GlobalProcess(context, timers, parts);
            parts.seat().begin(stableRef);
            process.begin();
            return Behaviors.receive((_, command) -> process.on(command), process::signal);
        }));
    }

    private void begin() {
        if (parts.service().availability() == Availability.ADVISORY) {
            var self = context.getSelf();
            var candidacy = parts.advisory()
                    .stand(election, leads -> self.tell(new Advised(leads)));
            parts.seat().owes("candidacy", candidacy::close);
        } else {
            watch();
            open();
        }
    }

    private FencedCoordination fenced() {
        return parts.fenced().orElseThrow();
    }

    private void watch() {
        var self = context.getSelf();
        var watch = fenced().onLeadershipChange(election, change -> self.tell(new Told(change)));
        parts.seat().owes("watch", watch::close);
    }

    /// One at a time: of two sessions of this node one would follow the other.
    private void open() {
        if (isOpening) {
            return;
        }
        isOpening = true;
        context.pipeToSelf(fenced().open(parts.self().hex(), parts.timeToLive(), OPEN_PATIENCE),
                (opening, failure) -> new Opened(failure == null
                        ? opening
                        : new NoQuorum("the voters could not be asked: " + failure)));
    }

    private Behavior<Command> on(Command command) {
        switch (command) {
            case Ask(var asked) -> ask(asked);
            case Opened(var opening) -> opened(opening);
            case Stood(var its, var standing) -> stood(its, standing);
            case Told(var change) -> told(change);
            case Advised(var leads) -> advised(leads);
            case Ended(var its) -> ended(its);
            case TookOver(var leadership, var result) -> tookOver(leadership, result);
            case Turned(var asked, var leadership, var result) ->
                turned(asked, leadership, result);
            case Again() -> again();
        }
        return Behaviors.same();
    }

    // --- leading

    private void opened(Opening opening) {
        isOpening = false;
        switch (opening) {
            case Opening.Opened(var its) -> {
                session = its;
                parts.seat().owes("session", its::close);
                var self = context.getSelf();
                var _ = its.ended().thenRun(() -> self.tell(new Ended(its)));
                stand(its);
            }
            case NoQuorum _ -> later();
            case Refused(var message) -> {
                complain("the voters refuse a session: " + message);
                later();
            }
        }
    }

    private void later() {
        timers.startSingleTimer(Again.class, new Again(), AGAIN);
    }

    private void again() {
        var its = session;
        if (serving != null) {
            return;
        }
        if (parts.service().availability() == Availability.ADVISORY) {
            if (isAdvised) {
                takeOver(new Leadership.Advisory());
            }
        } else if (its == null) {
            open();
        } else {
            stand(its);
        }
    }

    private void stand(FencedSession its) {
        context.pipeToSelf(its.electLeader(election, OPEN_PATIENCE),
                (standing, failure) -> failure == null ? new Stood(its, standing) : new Again());
    }

    private void stood(FencedSession its, Standing standing) {
        if (its != session || serving != null) {
            return;
        }
        switch (standing) {
            case Standing.Leads(var fence) ->
                takeOver(new Leadership.Fenced(its, election, fence));
            case Standing.Follows(var leader) -> follow(leader);
            case Standing.Vacant(),NoQuorum(_) -> later();
            case SessionLost(_) -> ended(its);
            case Refused(var message) -> {
                complain("the voters refuse a candidacy: " + message);
                later();
            }
        }
    }

    private void follow(Leader leader) {
        parts.seat().leads(NodeId.parse(leader.owner()).orElse(null));
    }

    /// News, not a decision: when it names this node, the voters are asked.
    private void told(LeadershipChange change) {
        switch (change) {
            case LeadershipChange.Led(_, var leader) -> {
                follow(leader);
                var its = session;
                if (its != null && serving == null && leader.owner().equals(its.owner())) {
                    stand(its);
                } else if (serving instanceof Leadership.Fenced(_, _, var fence)
                        && leader.fence().isNewerThan(fence)) {
                    stepDown();
                }
            }
            case LeadershipChange.Vacated _ -> parts.seat().leads(null);
        }
    }

    private void advised(boolean leads) {
        isAdvised = leads;
        if (!leads) {
            timers.cancel(Again.class);
            stepDown();
        } else if (serving == null) {
            takeOver(new Leadership.Advisory());
        }
    }

    private void ended(FencedSession its) {
        if (its == session) {
            session = null;
            stepDown();
            later();
        }
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

    /// One at a time: two would both copy.
    private void takeOver(Leadership leadership) {
        if (isTakingOver) {
            later();
            return;
        }
        isTakingOver = true;
        var taking = new TakeOver(parts.service(), parts.shared(),
                leadership instanceof Leadership.Fenced ? Optional.of(majority) : Optional.empty());
        context.pipeToSelf(
                CompletableFuture.supplyAsync(() -> taking.run(leadership.branch()),
                        parts.executor()),
                (result, failure) -> new TookOver(leadership,
                        failure == null ? result : new TakeOver.Result.NotYet("" + failure)));
    }

    private void tookOver(Leadership leadership, TakeOver.Result result) {
        isTakingOver = false;
        if (!isCurrent(leadership) || serving != null) {
            later();
            return;
        }
        switch (result) {
            case TakeOver.Result.Begun() -> serve(leadership);
            case TakeOver.Result.NotYet(var why) -> {
                complain("cannot take over yet: " + why);
                later();
            }
            case TakeOver.Result.Outdated() -> {
                complain("another leader has begun under a newer fence");
                later();
            }
        }
    }

    private boolean isCurrent(Leadership leadership) {
        return switch (leadership) {
            case Leadership.Fenced(var its, _, _) -> its == session;
            case Leadership.Advisory() -> parts.advisory()
                    .leader(election)
                    .filter(parts.self().hex()::equals)
                    .isPresent();
        };
    }

    private void serve(Leadership leadership) {
        problem = "";
        serving = leadership;
        parts.seat().leads(parts.self());
        parts.seat().serves(true);
        context.getLog()
                .atInfo()
                .addKeyValue("service", parts.service().name())
                .addKeyValue("branch", leadership.branch())
                .log("runs the global service");
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
        handled = asked;
        var turn = new Turn(parts.service(), parts.shared(), leadership, majority);
        context.pipeToSelf(
                CompletableFuture.supplyAsync(() -> turn.handle(asked), parts.executor()),
                (result, failure) -> new Turned(asked, leadership, failure == null
                        ? result
                        : new Turn.Result.Superseded()));
    }

    private void turned(Asked asked, Leadership leadership, Turn.Result result) {
        handled = null;
        switch (result) {
            case Turn.Result.Replied(var reply) ->
                asked.answer().complete(new Envelope.Answer.Ended(reply));
            case Turn.Result.Superseded() -> {
                asked.notHere();
                if (leadership == serving) {
                    stepDown();
                    later();
                }
            }
        }
        next();
    }

    private Behavior<Command> signal(ActorContext<Command> ignored, Signal signal) {
        if (signal instanceof PostStop) {
            stepDown();
            parts.seat().leads(null);
            var its = session;
            if (its != null) {
                its.close();
            }
        }
        return Behaviors.same();
    }
}
