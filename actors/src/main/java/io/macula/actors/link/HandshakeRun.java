package io.macula.actors.link;

import io.macula.actors.link.Handshake.Effect;
import java.util.List;
import java.util.function.Supplier;

/// One handshake while it runs: holds the state of either side's pure core, and steps it for one
/// thread at a time.
final class HandshakeRun {

    private sealed interface Side {
        record Dialler(DiallerHandshake state) implements Side {}

        record Listener(ListenerHandshake state) implements Side {}
    }

    private final Supplier<ListenerHandshake.Offer> offers;
    private final List<Effect> begun;
    private Side side;

    private HandshakeRun(Side side, List<Effect> begun,
            Supplier<ListenerHandshake.Offer> offers) {
        this.side = side;
        this.begun = begun;
        this.offers = offers;
    }

    static HandshakeRun dialling(DiallerHandshake.Step first) {
        return new HandshakeRun(new Side.Dialler(first.next()), first.effects(), () -> {
            throw new IllegalStateException("a dialler makes no offer");
        });
    }

    static HandshakeRun listening(ListenerHandshake state,
            Supplier<ListenerHandshake.Offer> offers) {
        return new HandshakeRun(new Side.Listener(state), List.of(), offers);
    }

    /// What comes first.
    List<Effect> begun() {
        return begun;
    }

    synchronized List<Effect> received(HandshakeMessage message) {
        return switch (side) {
            case Side.Dialler(var state) -> take(state.received(message));
            case Side.Listener(var state) -> take(state.received(message, offers.get()));
        };
    }

    synchronized List<Effect> timedOut() {
        return switch (side) {
            case Side.Dialler(var state) -> take(state.timedOut());
            case Side.Listener(var state) -> take(state.timedOut());
        };
    }

    /// Whoever accepts links takes the dialler.
    synchronized List<Effect> admitted() {
        return switch (side) {
            case Side.Dialler _ -> List.of();
            case Side.Listener(var state) -> take(state.admitted());
        };
    }

    /// Whoever accepts links does not take the dialler, or this node has no room for it.
    synchronized List<Effect> refused(Disconnected reason) {
        return switch (side) {
            case Side.Dialler _ -> List.of();
            case Side.Listener(var state) -> take(state.refused(reason));
        };
    }

    private List<Effect> take(DiallerHandshake.Step step) {
        side = new Side.Dialler(step.next());
        return step.effects();
    }

    private List<Effect> take(ListenerHandshake.Step step) {
        side = new Side.Listener(step.next());
        return step.effects();
    }
}
