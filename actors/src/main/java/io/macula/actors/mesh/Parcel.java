package io.macula.actors.mesh;

import io.macula.actors.link.Link;
import io.macula.actors.wire.Message;
import java.util.function.Consumer;
import java.util.function.Function;

/// Something for a node that a link has to be dialled to first.
///
/// @param over sends it over the link that came up
/// @param ended told once what became of it; must not block
public record Parcel(Function<Link, Passed> over, Consumer<Fate> ended) {

    /// What became of a parcel.
    public enum Fate {
        SENT, FULL, TOO_LONG,
        /// Nobody knows where the node is, or it did not answer, or too much waited already.
        NO_WAY;

        static Fate of(Passed passed) {
            return switch (passed) {
                case QUEUED -> SENT;
                case FULL -> FULL;
                case TOO_LONG -> TOO_LONG;
                case CLOSED -> NO_WAY;
            };
        }
    }

    /// A frame.
    public static Parcel of(Message frame, Consumer<Fate> ended) {
        return new Parcel(link -> Passed.on(link, frame), ended);
    }

    /// Sends it and says what became of it.
    Passed send(Link link) {
        var passed = over.apply(link);
        ended.accept(Fate.of(passed));
        return passed;
    }

    void isLost() {
        ended.accept(Fate.NO_WAY);
    }
}
