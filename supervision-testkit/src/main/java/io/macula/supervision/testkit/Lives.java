package io.macula.supervision.testkit;

import io.macula.supervision.TreePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.ActorPath;
import org.apache.pekko.actor.AllDeadLetters;
import org.apache.pekko.actor.DeadLetter;
import org.apache.pekko.actor.typed.ActorRef;

/// Which actor has lived at each place, and what was sent to one whose time was over. Safe for all
/// threads.
final class Lives {

    /// A message to an incarnation that had been replaced, or gone, before the last quiet moment.
    record Stray(TreePath child, Object message) {}

    private final Map<TreePath, ActorPath> current = new HashMap<>();
    private final Map<ActorPath, TreePath> former = new HashMap<>();
    private final Set<ActorPath> old = new HashSet<>();
    private final List<Stray> strays = new ArrayList<>();

    synchronized void begins(TreePath child, ActorRef<?> self) {
        var before = current.put(child, self.path());
        if (before != null) {
            former.put(before, child);
        }
    }

    /// Nothing moves: from now on nobody has an excuse to write to a former incarnation.
    synchronized void quiet() {
        old.addAll(former.keySet());
    }

    /// What an actor piped to itself comes late without anybody's fault.
    private static boolean isOwn(Object message) {
        return message.getClass().getName().startsWith("org.apache.pekko.");
    }

    synchronized void letter(AllDeadLetters letter) {
        if (isOwn(letter.message())) {
            return;
        }
        var path = letter.recipient().path();
        var child = former.get(path);
        if (letter instanceof DeadLetter && child != null && old.contains(path)) {
            strays.add(new Stray(child, letter.message()));
        }
    }

    synchronized List<Stray> strays() {
        return List.copyOf(strays);
    }

    synchronized void clear() {
        current.clear();
        former.clear();
        old.clear();
        strays.clear();
    }
}
