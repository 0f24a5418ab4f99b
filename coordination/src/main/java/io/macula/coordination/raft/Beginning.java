package io.macula.coordination.raft;

/// How a voter comes to its group. It has to be said, because a voter that lost its disk looks like a new one,
/// and one that votes with an empty disk under an old name can undo what was confirmed.
public enum Beginning {
    /// All voters of the set begin a new group together. Refused when the directory holds a group.
    FORM,
    /// It goes on with what is on its disk. Refused when there is nothing: then it has to be taken out of
    /// the set and [#JOIN] again under another id.
    RESUME,
    /// It waits, empty, until the others take it into their set ([RatisVoters#reconfigure]).
    JOIN
}
