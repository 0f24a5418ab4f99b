package io.macula.actors.flow;

import io.macula.actors.link.Links;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The port on which peers come in. Belongs to the node and not to the process that holds it: an
/// incarnation that was killed could not close it, nor take what a bind under way came to. Opening
/// and closing follow each other, and neither blocks the caller. Safe to use from any thread.
public final class ListeningPort {

    private static final Logger LOG = LoggerFactory.getLogger(ListeningPort.class);

    /// Closing a listener may wait for its connections.
    private static final Executor CLOSER = task -> Thread.ofVirtual()
            .name("macula-port")
            .start(task);

    private CompletionStage<Links.Bound> last = CompletableFuture.completedStage(
            new Links.Bound.Failed("not opened yet"));
    private volatile @Nullable InetSocketAddress address;

    /// Closes what is open, then binds.
    public synchronized CompletionStage<Links.Bound> open(
            Supplier<CompletionStage<Links.Bound>> bind) {
        last = closed().thenCompose(_ -> bind.get())
                .handle((bound, failure) -> bound != null
                        ? noted(bound)
                        : new Links.Bound.Failed("cannot listen: " + failure));
        return last;
    }

    /// Closes what is open or being opened.
    public synchronized void close() {
        last = closed();
    }

    /// The address that was bound last.
    public @Nullable InetSocketAddress address() {
        return address;
    }

    private Links.Bound noted(Links.Bound bound) {
        if (bound instanceof Links.Bound.Listening(var local, _)) {
            address = local;
        }
        return bound;
    }

    private CompletionStage<Links.Bound> closed() {
        return last.thenApplyAsync(ListeningPort::closed, CLOSER);
    }

    private static Links.Bound closed(Links.Bound bound) {
        if (bound instanceof Links.Bound.Listening(_, var listener)) {
            try {
                listener.close();
            } catch (Exception e) {
                LOG.atWarn().setCause(e).log("a listener does not close");
            }
        }
        return new Links.Bound.Failed("closed");
    }
}
