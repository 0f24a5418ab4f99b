package io.macula.supervision.testkit;

import io.macula.supervision.Interference;
import io.macula.supervision.Supervision;
import io.macula.supervision.TreePath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// The hook in every child of the lab's system: asks the plan of the place and carries out what it says.
final class Faults implements Interference {

    private final World world;
    private final Supervision supervision;
    private final Lives lives;
    private final Map<TreePath, Site> sites = new ConcurrentHashMap<>();
    private final Map<Hung, TreePath> hung = new ConcurrentHashMap<>();
    private final Set<Runnable> timers = ConcurrentHashMap.newKeySet();

    Faults(World world, Lives lives) {
        this.world = world;
        this.supervision = Supervision.of(world.system());
        this.lives = lives;
    }

    /// Faults planned for `site` come about at `path`.
    void place(Site site, TreePath path) {
        site.isAt(path);
        sites.put(path, site);
    }

    Optional<Site> at(TreePath path) {
        return Optional.ofNullable(sites.get(path));
    }

    // --- in the child's thread

    @Override
    public void starts(TreePath child, ActorRef<?> self) {
        lives.begins(child, self);
        perform(child, new Happening.Starts());
    }

    @Override
    public @Nullable Object receives(TreePath child, Object message) {
        return sites.containsKey(child)
                ? perform(child, new Happening.Receives(message))
                : message;
    }

    @Override
    public void stops(TreePath child) {
        perform(child, new Happening.Stops());
    }

    private @Nullable Object perform(TreePath child, Happening happening) {
        var site = sites.get(child);
        return site == null ? null : perform(child, site.on(happening).effects());
    }

    private @Nullable Object perform(TreePath child, List<Effect> effects) {
        Object given = null;
        for (var effect : effects) {
            switch (effect) {
                case Effect.Give(var message) -> given = message;
                case Effect.GiveLast(var message) -> give(child, message);
                case Effect.GiveLater(var message, var delay) -> later(child, message, delay);
                case Effect.Hang(var deaf) -> hang(child, deaf);
                case Effect.Fail(var cause) -> Faults.<RuntimeException>sneak(cause);
            }
        }
        return given;
    }

    /// A child may throw anything, so may the fault in it.
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable cause) throws T {
        throw (T) cause;
    }

    private void give(TreePath child, Object message) {
        if (!supervision.inject(child, () -> message)) {
            world.system().deadLetters().tell(message);
        }
    }

    private void later(TreePath child, Object message, Duration delay) {
        timers.add(world.later(delay, () -> give(child, message)));
    }

    private void hang(TreePath child, boolean deaf) {
        var here = world.hung(deaf);
        hung.put(here, child);
        try {
            world.hang(here);
        } catch (InterruptedException interrupt) {
            Faults.<RuntimeException>sneak(interrupt);
        } finally {
            hung.remove(here);
        }
    }

    // --- from the test

    /// The child at `path` hangs after the messages it has already; false when none runs there.
    boolean hangNow(TreePath path, boolean deaf) {
        return supervision.inject(path, () -> {
            hang(path, deaf);
            return null;
        });
    }

    /// Whoever hangs at `path` goes on.
    void wake(TreePath path) {
        hung.forEach((here, where) -> {
            if (where.equals(path)) {
                here.release();
            }
        });
    }

    void release(Site site, TreePath path) {
        perform(path, site.release().effects());
        wake(path);
    }

    void heal(Site site, TreePath path) {
        perform(path, site.heal().effects());
        wake(path);
    }

    /// No fault is left anywhere, what was held back is delivered, and whoever hangs goes on.
    void healAll() {
        new ArrayList<>(sites.entrySet()).forEach(each -> heal(each.getValue(), each.getKey()));
        hung.keySet().forEach(Hung::release);
    }

    /// As [#healAll]; what was held back or under way is lost.
    void end() {
        sites.clear();
        timers.forEach(Runnable::run);
        hung.keySet().forEach(Hung::release);
    }
}
