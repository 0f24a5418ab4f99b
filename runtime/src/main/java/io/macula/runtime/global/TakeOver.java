package io.macula.runtime.global;

import io.macula.actors.state.SharedState;
import io.macula.app.global.Acknowledgement;
import io.macula.app.global.GlobalService;
import io.macula.crdt.Edit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Takes over the state of a service for a new leader: catches up with the other members, and then succeeds to the leader
/// before. Blocks; runs on a thread of its own.
final class TakeOver {

    /// What became of it.
    sealed interface Result {

        record Begun() implements Result {}

        /// One sentence; to be tried again.
        record NotYet(String why) implements Result {}

        /// A newer leader has begun.
        record Outdated() implements Result {}
    }

    private static final Duration CATCH_UP = Duration.ofSeconds(2);

    private final GlobalService service;
    private final SharedState shared;
    private final Optional<Majority> majority;

    /// @param majority
    ///            empty for a service that has no fences
    TakeOver(GlobalService service, SharedState shared, Optional<Majority> majority) {
        this.service = service;
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
        return new Handover(Branches.ofService(service.name()), shared).run(branch,
                this::initial);
    }

    private List<Edit> initial(String prefix) throws NotMadeException {
        var draft = new Draft(shared.values(), prefix);
        try {
            service.init(draft);
            return draft.edits();
        } catch (RuntimeException e) {
            throw new NotMadeException("init failed: " + e);
        }
    }
}
