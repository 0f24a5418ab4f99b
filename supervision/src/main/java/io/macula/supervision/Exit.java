package io.macula.supervision;

/// Why a child, or a whole tree, ended.
///
/// A child chooses: `Behaviors.stopped()` is [Normal], `throw Exit.shutdown("drained")` is [Shutdown],
/// any other throwable is [Failed].
public sealed interface Exit {

    /// Its work was done.
    record Normal() implements Exit {}

    /// An orderly end on request; `detail` is `"shutdown"` when there is nothing more to say.
    record Shutdown(String detail) implements Exit {

        /// The end a supervisor asks for.
        public static final Shutdown PLAIN = new Shutdown("shutdown");
    }

    /// Ended by force, without its cleanup.
    record Killed() implements Exit {}

    /// It threw `cause`.
    record Failed(Throwable cause) implements Exit {}

    /// A transient child starts again only after an abnormal end.
    default boolean isAbnormal() {
        return switch (this) {
            case Normal _,Shutdown _ -> false;
            case Killed _,Failed _ -> true;
        };
    }

    /// To be thrown by a child that wants to end with [Shutdown].
    static ExitException shutdown(String detail) {
        return new ExitException(new Shutdown(detail));
    }

    /// To be thrown by a child that wants to end as if it had been killed.
    static ExitException killed() {
        return new ExitException(new Killed());
    }

    /// One short line for people.
    default String text() {
        return switch (this) {
            case Normal _ -> "normal";
            case Shutdown(var detail) ->
                detail.equals("shutdown") ? detail : "shutdown (" + detail + ")";
            case Killed _ -> "killed";
            case Failed(var cause) -> "failed: " + cause;
        };
    }
}
