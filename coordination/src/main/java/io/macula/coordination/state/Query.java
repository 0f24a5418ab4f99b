package io.macula.coordination.state;

/// A look at one voter's state, which may be old. What it shows is only ever a hint to ask by a
/// [Command].
public sealed interface Query {

    /// What stands as the reply to a request: [Reply.Unknown] when there is none.
    record ReplyTo(SessionId session, long sequence) implements Query {}

    record HolderOf(Claim claim) implements Query {}
}
