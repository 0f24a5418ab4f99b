package io.macula.it.process;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Changes a set on several nodes at once, and remembers what the nodes said is done. Each element is
/// added once, by one node; every third is removed again by the same node.
final class StateWriters implements AutoCloseable {

    static final String KEY = "log";
    private static final long PAUSE_MILLIS = 10;

    private final ScheduledExecutorService threads;
    private final Set<String> added = ConcurrentHashMap.newKeySet();
    private final Set<String> removed = ConcurrentHashMap.newKeySet();

    StateWriters(List<StateNode> nodes) {
        this("", nodes);
    }

    /// @param name begins the elements, so that several writers have each their own
    StateWriters(String name, List<StateNode> nodes) {
        threads = Executors.newScheduledThreadPool(nodes.size());
        for (int i = 0; i < nodes.size(); i++) {
            var node = nodes.get(i);
            var begin = begin(name, i);
            var numbers = new AtomicInteger();
            threads.scheduleWithFixedDelay(() -> write(node, begin + numbers.incrementAndGet(),
                    numbers.get() % 3 == 0), 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private static String begin(String name, int node) {
        return name + "node" + node + "-";
    }

    private void write(StateNode node, String element, boolean isRemovedAgain) {
        if (!node.add(KEY, element)) {
            return;
        }
        if (!isRemovedAgain) {
            added.add(element);
        } else if (node.remove(KEY, element)) {
            removed.add(element);
        }
    }

    /// Changes that were done so far.
    int done() {
        return added.size() + removed.size();
    }

    /// Elements that were added on one of the nodes so far.
    long doneOn(int node) {
        return added.stream().filter(element -> element.contains(begin("", node))).count();
    }

    /// What must be there.
    Set<String> added() {
        return added;
    }

    /// What must not be there.
    Set<String> removed() {
        return removed;
    }

    /// Ends when the last answer is there.
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(60, TimeUnit.SECONDS)) {
                throw new AssertionError("a change is not answered");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
