package io.macula.actors.state;

import io.macula.crdt.replicator.Durable;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Keeps what a replicator must not forget. Belongs to the node; each incarnation of the process opens
/// it anew.
public interface StateKeeper extends AutoCloseable {

    /// What was kept.
    sealed interface Found {

        record Image(Durable.Image image) implements Found {}

        /// Kept nothing so far.
        record Blank() implements Found {}

        /// Keeps nothing beyond the life of the node: a restarted process goes on from what its
        /// predecessor knew.
        record Forgetful() implements Found {}

        /// Something was kept and cannot be read; it was set aside. The peers have what was in it.
        record Damaged(String what) implements Found {}

        /// Nothing can be read or written; one sentence says why.
        record Failed(String why) implements Found {}
    }

    /// Hears what becomes of writes; called on any thread.
    interface Listener {

        /// All writes up to this number are safe.
        void persisted(long number);

        /// A write did not get through, and none after it will; one sentence says why.
        void failed(String why);
    }

    /// What one incarnation writes.
    interface Session {

        /// Completes when everything of earlier sessions is written.
        CompletionStage<Found> found();

        /// Takes a write; never blocks. Writes of a session that is over are ignored.
        void write(Durable.Write write);

        /// True while so much waits to be written that no more should come in.
        boolean isBehind();
    }

    /// Ends the session before.
    Session open(Listener listener);

    /// Copies what is kept into a new folder; completes with one sentence when that failed.
    default CompletionStage<Optional<String>> snapshot(Path to) {
        return CompletableFuture
                .completedStage(Optional.of("this node keeps its state in memory only"));
    }

    /// Writes what waits and gives the disk back. Blocks.
    @Override
    void close();

    /// Keeps nothing.
    static StateKeeper forgetful() {
        return new StateKeeper() {
            @Override
            public Session open(Listener listener) {
                return new Session() {
                    @Override
                    public CompletionStage<Found> found() {
                        return CompletableFuture.completedStage(new Found.Forgetful());
                    }

                    @Override
                    public void write(Durable.Write write) {
                        listener.persisted(write.number());
                    }

                    @Override
                    public boolean isBehind() {
                        return false;
                    }
                };
            }

            @Override
            public void close() {}
        };
    }
}
