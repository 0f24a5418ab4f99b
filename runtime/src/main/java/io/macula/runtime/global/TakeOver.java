package io.macula.runtime.global;

import io.macula.actors.state.Outcome;
import io.macula.actors.state.SharedState;
import io.macula.app.global.Acknowledgement;
import io.macula.app.global.GlobalService;
import io.macula.crdt.Edit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Takes over the state of a service for a new leader: catches up with the other members, copies the branch that
/// counts into its own, and begins that. Blocks; runs on a thread of its own.
final class TakeOver {

    /// What became of it.
    sealed interface Result {

        record Begun() implements Result {}

        /// One sentence; to be tried again.
        record NotYet(String why) implements Result {}

        /// A newer leader has begun.
        record Outdated() implements Result {}
    }

    /// Edits of one update that are made together, the limit of shared state.
    private static final int EDITS_MAX = 128;

    private static final Duration CATCH_UP = Duration.ofSeconds(2);
    private static final int TRIES_MAX = 50;

    private final GlobalService service;
    private final Branches branches;
    private final SharedState shared;
    private final Optional<Majority> majority;

    /// @param majority
    ///            empty for a service that has no fences
    TakeOver(GlobalService service, SharedState shared, Optional<Majority> majority) {
        this.service = service;
        this.branches = new Branches(service.name());
        this.shared = shared;
        this.majority = majority;
    }

    Result run(String branch) {
        var caughtUp = majority
                .map(members -> members.catchUp(CATCH_UP).toCompletableFuture().join())
                .orElse(true);
        if (!caughtUp && service.acknowledgement() == Acknowledgement.AFTER_MAJORITY) {
            return new Result.NotYet("what a majority of the members has is not here yet");
        }
        try {
            var from = branches.counting(shared.values());
            if (from.equals(Optional.of(branch))) {
                return new Result.Begun();
            }
            if (from.filter(counts -> counts.compareTo(branch) > 0).isPresent()) {
                return new Result.Outdated();
            }
            make(branches.clear(shared.values(), branch));
            if (from.isPresent()) {
                make(branches.copy(shared.values(), from.get(), branch));
            } else {
                initialise(branch);
            }
            make(branches.begin(shared.values(), branch));
            make(branches.dropBefore(shared.values(), branch));
            return new Result.Begun();
        } catch (NotMadeException e) {
            return new Result.NotYet(String.valueOf(e.getMessage()));
        }
    }

    private void initialise(String branch) throws NotMadeException {
        var draft = new Draft(shared.values(), branches.prefix(branch));
        try {
            service.init(draft);
            make(draft.edits());
        } catch (RuntimeException e) {
            throw new NotMadeException("init failed: " + e);
        }
    }

    private static final class NotMadeException extends Exception {

        private static final long serialVersionUID = 1L;

        NotMadeException(String why) {
            super(why, null, false, false);
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
