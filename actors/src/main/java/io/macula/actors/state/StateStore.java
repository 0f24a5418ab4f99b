package io.macula.actors.state;

import io.macula.crdt.replicator.Durable;
import java.nio.file.Path;
import java.util.List;

/// A place on disk. Used by one thread at a time, that of [StateDisk]; all methods block.
public interface StateStore extends AutoCloseable {

    /// The disk did not do what it was asked to; the message is one sentence.
    final class StateStoreException extends Exception {

        private static final long serialVersionUID = 1L;

        public StateStoreException(String message) {
            super(message);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    /// Reads and checks all there is. Damage is set aside, so that writing can begin anew.
    StateKeeper.Found load();

    /// Writes in order, each whole or not at all; a crash of the process loses none of it, one of the
    /// machine may lose the last ones.
    void write(List<Durable.Write> writes) throws StateStoreException;

    /// Makes safe what was written.
    void sync() throws StateStoreException;

    /// Copies all that was written into a new folder.
    void snapshot(Path to) throws StateStoreException;

    @Override
    void close();
}
