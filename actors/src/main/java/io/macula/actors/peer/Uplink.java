package io.macula.actors.peer;

import io.macula.actors.flow.OpenLinks;
import io.macula.actors.link.Disconnected;
import io.macula.actors.link.Link;
import io.macula.actors.link.PeerAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The way to one wanted peer, as everybody but its `connection` process sees it: the link if one
/// is up. Belongs to the node, so that it outlives the process; only that process writes to it.
///
/// Reading never asks an actor, so a publish goes from the caller's thread straight into the
/// link's bounded queue and learns at once whether it fitted.
public final class Uplink {

    private final PeerAddress address;
    private final CompletableFuture<Contact> firstContact = new CompletableFuture<>();
    private final OpenLinks dialled = new OpenLinks();
    private final AtomicReference<@Nullable Object> foremost = new AtomicReference<>();
    private volatile @Nullable Link link;
    private volatile boolean hasBeenUp;
    private volatile String trouble = "";

    /// How the peer answered first.
    public sealed interface Contact {
        record Connected(Link link) implements Contact {}

        record Refused(Disconnected reason) implements Contact {}
    }

    public Uplink(PeerAddress address) {
        this.address = address;
    }

    public PeerAddress address() {
        return address;
    }

    /// The link, while one is up.
    public Optional<Link> link() {
        return Optional.ofNullable(link);
    }

    /// Completes with the first answer of the peer, whatever it is.
    public CompletionStage<Contact> firstContact() {
        return firstContact.minimalCompletionStage();
    }

    /// True once a link has been up.
    boolean hasBeenUp() {
        return hasBeenUp;
    }

    /// The links of all incarnations of the process.
    OpenLinks dialled() {
        return dialled;
    }

    /// Makes a dial the one that may complete. False while another one is: of several dials under
    /// way only one is let in at a time, so that they do not supersede each other.
    boolean claim(Object dial) {
        return foremost.compareAndSet(null, dial);
    }

    /// The dial has failed, or its link has closed.
    void release(Object dial) {
        foremost.compareAndSet(dial, null);
    }

    void up(Link newLink) {
        link = newLink;
        hasBeenUp = true;
        trouble = "";
        contact(new Contact.Connected(newLink));
    }

    void down() {
        link = null;
    }

    /// Why no link is up, one sentence; empty while nobody knows, or one is up.
    public String trouble() {
        return trouble;
    }

    /// Nobody answered.
    void unreachable(String why) {
        trouble = why;
    }

    void refused(Disconnected reason) {
        trouble = reason.code() + ": " + reason.message();
        contact(new Contact.Refused(reason));
    }

    /// Whoever waits for it goes on on a thread of the common pool, never on the process's.
    private void contact(Contact contact) {
        if (!firstContact.isDone()) {
            firstContact.completeAsync(() -> contact);
        }
    }
}
