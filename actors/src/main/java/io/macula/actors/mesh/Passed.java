package io.macula.actors.mesh;

import io.macula.actors.link.Link;
import io.macula.actors.link.OutFrame;
import io.macula.actors.wire.FrameTooLongException;
import io.macula.actors.wire.Message;

/// What became of a message that is passed on to another node. Unlike a message of our own, one
/// that is too long is no bug here: its sender chose its length.
public enum Passed {
    QUEUED, FULL, CLOSED,
    /// No frame may carry it.
    TOO_LONG;

    public static Passed on(Link link, Message message) {
        try {
            return of(link.send(message));
        } catch (FrameTooLongException e) {
            return TOO_LONG;
        }
    }

    public static Passed on(Link link, OutFrame frame) {
        try {
            return of(link.send(frame));
        } catch (FrameTooLongException e) {
            return TOO_LONG;
        }
    }

    private static Passed of(Link.Sent sent) {
        return switch (sent) {
            case QUEUED -> QUEUED;
            case FULL -> FULL;
            case CLOSED -> CLOSED;
        };
    }
}
