package io.macula.supervision;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;

/// Does what a core asks for by writing it down.
final class Stagehand implements Shell {

    static final class Timer {
        final Duration delay;
        final Internal message;
        boolean cancelled;

        Timer(Duration delay, Internal message) {
            this.delay = delay;
            this.message = message;
        }
    }

    final List<String> log = new ArrayList<>();
    final List<Timer> timers = new ArrayList<>();
    final Set<Timer> rung = new HashSet<>();
    final Deque<Internal> posted = new ArrayDeque<>();
    final Map<String, Cell> living = new LinkedHashMap<>();
    long nanos;
    long ticket;
    Window window = new Window(0, Duration.ofSeconds(1));
    private SupervisorCore running = new SupervisorCore(Supervisor.oneForOne(), window, this);

    SupervisorCore core() {
        return running;
    }

    void begin(Spec spec) {
        window = new Window(spec.intensity(), spec.period());
        running = new SupervisorCore(spec, window, this);
        running.begin();
    }

    void up(Spec spec) {
        begin(spec);
        spec.children().forEach(child -> ready(child.id()));
        log.clear();
    }

    private Cell cell(String id) {
        return Objects.requireNonNull(living.get(id), id);
    }

    void ready(String id) {
        running.on(new Internal.Ready(cell(id), Objects.requireNonNull(cell(id).incarnation)));
    }

    void gone(String id, Exit exit) {
        running.gone(cell(id), exit, false);
    }

    void failStart(String id) {
        gone(id, new Exit.Failed(new IllegalStateException("boom")));
    }

    /// Lets the newest timer of that delay run out.
    void ring(Duration delay) {
        var due = timers.stream()
                .filter(timer -> timer.delay.equals(delay) && !timer.cancelled
                        && !rung.contains(timer))
                .reduce((_, last) -> last)
                .orElseThrow();
        rung.add(due);
        nanos += delay.toNanos();
        running.on(due.message);
    }

    void deliverPosted() {
        while (!posted.isEmpty()) {
            running.on(posted.poll());
        }
    }

    @Override
    public long nextTicket() {
        return ++ticket;
    }

    @Override
    public void spawn(Cell cell) {
        log.add("spawn " + cell.id());
        cell.ref = TestInbox.<Object>create(cell.id()).getRef();
        living.put(cell.id(), cell);
    }

    @Override
    public void stop(Cell cell) {
        log.add("stop " + cell.id());
    }

    @Override
    public void kill(Cell cell) {
        log.add("kill " + cell.id());
    }

    @Override
    public void abandon(Cell cell) {
        log.add("abandon " + cell.id());
    }

    @Override
    public Runnable later(Duration delay, Internal message) {
        var timer = new Timer(delay, message);
        timers.add(timer);
        return () -> timer.cancelled = true;
    }

    @Override
    public void post(Internal message) {
        posted.add(message);
    }

    @Override
    public void report(Event event) {}

    @Override
    public void added(Cell cell) {}

    @Override
    public boolean wasChild(ActorRef<?> ref) {
        return false;
    }

    @Override
    public void forgotten(Cell cell) {}

    @Override
    public void up() {
        log.add("up");
    }

    @Override
    public long nanos() {
        return nanos;
    }
}
