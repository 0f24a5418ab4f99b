package io.macula.actors.state;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/// Answers that are given together, on threads of an executor: what depends on an answer runs there, may
/// block, and holds up nobody else.
///
/// A thread that begins has the next one made ready and then gives one answer after the other. While none
/// blocks, the ready thread finds nothing left to do; where one blocks, it goes on behind it. So
/// many quick answers cost two or three threads, and many slow ones a thread each.
final class Answers implements Runnable {

    private record Due<T>(CompletableFuture<T> answer, T value) {
        void give() {
            answer.complete(value);
        }
    }

    private final Executor executor;
    private final List<Due<?>> due = new ArrayList<>();
    private final AtomicInteger given = new AtomicInteger();

    Answers(Executor executor) {
        this.executor = executor;
    }

    /// Before [#give], by one thread.
    <T> void add(CompletableFuture<T> answer, T value) {
        due.add(new Due<>(answer, value));
    }

    /// Has all of them given; returns at once. Of an executor that takes no more, by the caller.
    void give() {
        if (!due.isEmpty() && !isTaken()) {
            due.forEach(Due::give);
        }
    }

    @Override
    public void run() {
        int next = given.getAndIncrement();
        if (next + 1 < due.size()) {
            var _ = isTaken(); // else this thread gives them all
        }
        for (; next < due.size(); next = given.getAndIncrement()) {
            due.get(next).give();
        }
    }

    private boolean isTaken() {
        try {
            executor.execute(this);
            return true;
        } catch (RejectedExecutionException nodeStops) {
            return false;
        }
    }
}
