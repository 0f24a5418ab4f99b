package io.macula.runtime.global;

import io.macula.actors.state.Outcome;
import io.macula.actors.state.SharedState;
import io.macula.crdt.Edit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Makes a branch the one that counts: copies the one that does into it, begins it, and drops those before it. Blocks. Two of
/// them for one branch must not run at the same time, nor after each other when the first came to its end.
final class Handover {

    /// What is written into the very first branch.
    @FunctionalInterface
    interface First {

        /// @param prefix with what the names of its values begin
        List<Edit> edits(String prefix) throws NotMadeException;
    }

    /// Edits of one update that are made together, the limit of shared state.
    private static final int EDITS_MAX = 128;

    private static final int TRIES_MAX = 50;

    private final Branches branches;
    private final SharedState shared;

    Handover(Branches branches, SharedState shared) {
        this.branches = branches;
        this.shared = shared;
    }

    TakeOver.Result run(String branch, First first) {
        try {
            var from = branches.counting(shared.values());
            if (from.equals(Optional.of(branch))) {
                return new TakeOver.Result.Begun();
            }
            if (from.filter(counts -> counts.compareTo(branch) > 0).isPresent()) {
                return new TakeOver.Result.Outdated();
            }
            make(branches.clear(shared.values(), branch));
            make(from.isPresent()
                    ? branches.copy(shared.values(), from.get(), branch)
                    : first.edits(branches.prefix(branch)));
            make(branches.begin(shared.values(), branch));
            make(branches.dropBefore(shared.values(), branch));
            return new TakeOver.Result.Begun();
        } catch (NotMadeException e) {
            return new TakeOver.Result.NotYet(String.valueOf(e.getMessage()));
        }
    }

    private void make(List<Edit> edits) throws NotMadeException {
        for (int from = 0; from < edits.size(); from += EDITS_MAX) {
            part(edits.subList(from, Math.min(edits.size(), from + EDITS_MAX)));
        }
    }

    private void part(List<Edit> edits) throws NotMadeException {
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            switch (shared.update(edits).toCompletableFuture().join()) {
                case Outcome.Done _,Outcome.Unchanged _ -> {
                    return;
                }
                case Outcome.Busy(var retryAfter) -> pause(retryAfter);
                case Outcome.TooLarge(var limit) -> throw new NotMadeException("the " + limit.what()
                        + " has " + limit.is() + " bytes and may have " + limit.max());
                case Outcome.Invalid(var message) -> throw new NotMadeException(message);
                case Outcome.Unavailable(var message) -> throw new NotMadeException(message);
                case Outcome.Unknown(var message) -> throw new NotMadeException(message);
            }
        }
        throw new NotMadeException("shared state is too busy");
    }

    private static void pause(Duration time) throws NotMadeException {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotMadeException("interrupted");
        }
    }
}
