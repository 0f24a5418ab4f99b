package io.macula.actors.link;

import io.macula.actors.link.DiallerHandshake.Expected;
import io.macula.actors.link.Handshake.Effect;
import io.macula.actors.link.Handshake.Self;
import io.macula.actors.link.HandshakeMessage.Connect;
import io.macula.actors.link.HandshakeMessage.Disconnect;
import io.macula.actors.link.HandshakeMessage.Pong;
import io.macula.actors.wire.Bytes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Both sides of a handshake, and somebody between them who may change what they say.
final class HandshakePair {

    private static final Bytes CERTIFICATE = Bytes.of(filled(7));

    final List<Connect> connects = new ArrayList<>();
    final List<Pong> pongs = new ArrayList<>();

    Expected expected = new Expected.Anyone();
    Bytes certificateAtDialler = CERTIFICATE;
    Bytes certificateAtListener = CERTIFICATE;
    Duration heartbeatMin = Duration.ofMillis(100);
    @Nullable Disconnected refusedByAcceptor;
    UnaryOperator<HandshakeMessage> between = UnaryOperator.identity();

    /// What each side came to in the end: established, refused, or given up.
    Effect diallerGot = new Effect.GiveUp(new Disconnected("nothing", "nothing happened"));
    Effect listenerGot = diallerGot;

    private final Self dialler;
    private final Self listener;
    private final Deque<HandshakeMessage> toListener = new ArrayDeque<>();
    private final Deque<HandshakeMessage> toDialler = new ArrayDeque<>();

    HandshakePair(Self dialler, Self listener) {
        this.dialler = dialler;
        this.listener = listener;
    }

    /// Carries messages until both sides are silent.
    void run() {
        var begun = DiallerHandshake.start(dialler, expected, certificateAtDialler,
                Bytes.of(filled(1)), Duration.ofSeconds(1));
        diallerDoes(begun.effects());
        var left = begun.next();
        var right = ListenerHandshake.start(listener, certificateAtListener);
        var offer = new ListenerHandshake.Offer(Bytes.of(filled(2)), heartbeatMin);
        while (!toListener.isEmpty() || !toDialler.isEmpty()) {
            if (!toListener.isEmpty()) {
                var step = right.received(between.apply(toListener.remove()), offer);
                right = listenerDoes(step);
            } else {
                var step = left.received(between.apply(toDialler.remove()));
                left = step.next();
                diallerDoes(step.effects());
            }
        }
    }

    private ListenerHandshake listenerDoes(ListenerHandshake.Step step) {
        var next = step.next();
        for (var effect : step.effects()) {
            switch (effect) {
                case Effect.Send(var message) -> {
                    if (message instanceof Pong pong) {
                        pongs.add(pong);
                    }
                    toDialler.add(message);
                }
                case Effect.Ask _ -> {
                    return listenerDoes(refusedByAcceptor == null
                            ? next.admitted()
                            : next.refused(refusedByAcceptor));
                }
                case Effect.Refuse(var reason) -> {
                    toDialler.add(new Disconnect(reason));
                    listenerGot = effect;
                }
                case Effect.Establish _,Effect.GiveUp _ -> listenerGot = effect;
            }
        }
        return next;
    }

    private void diallerDoes(List<Effect> effects) {
        for (var effect : effects) {
            switch (effect) {
                case Effect.Send(var message) -> {
                    if (message instanceof Connect connect) {
                        connects.add(connect);
                    }
                    toListener.add(message);
                }
                case Effect.Refuse(var reason) -> {
                    toListener.add(new Disconnect(reason));
                    diallerGot = effect;
                }
                case Effect.Ask _ -> throw new AssertionError("a dialler asks nobody");
                case Effect.Establish _,Effect.GiveUp _ -> diallerGot = effect;
            }
        }
    }

    private static byte[] filled(int value) {
        var bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
