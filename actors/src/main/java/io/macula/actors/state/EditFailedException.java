package io.macula.actors.state;

import io.macula.crdt.Crdt;
import io.macula.crdt.Edit;
import io.macula.crdt.Tick;

/// A function that was to make a change failed, or made none that a store can take. Nothing was
/// changed.
final class EditFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private EditFailedException(String message) {
        super(message, null, false, false);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /// The same edit; whatever it throws, and a change that no store takes, is told apart from bugs
    /// of ours.
    static Edit guarding(Edit edit) {
        return (root, tick) -> {
            try {
                return checked(edit.apply(root, tick), tick);
            } catch (EditFailedException e) {
                throw e;
            } catch (RuntimeException e) {
                throw new EditFailedException("the change failed: " + e);
            }
        };
    }

    private static Crdt<?> checked(Crdt<?> delta, Tick tick) {
        var entries = delta.entries();
        if (entries.size() > 1
                || (entries.size() == 1 && !entries.getFirst().dot().equals(tick.dot()))) {
            throw new EditFailedException("a change makes one entry, with the dot it was given;"
                    + " make several changes for several entries");
        }
        for (var entry : entries) {
            if (entry.path().depth() == 0) {
                throw new EditFailedException("a change is made to a value under a name");
            }
        }
        return delta;
    }
}
