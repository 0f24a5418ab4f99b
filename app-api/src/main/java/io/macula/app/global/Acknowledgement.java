package io.macula.app.global;

/// How safe the changes of a request are when it is answered.
public enum Acknowledgement {

    /// They are on this node. What it changed in its last moments (about 20 ms) may go with it.
    AFTER_LOCAL,

    /// They are on a majority of the Cluster's members. When they are not within the request's time,
    /// the caller gets [GlobalServices.Reply.NoQuorum]; the change may still be there later.
    AFTER_MAJORITY
}
