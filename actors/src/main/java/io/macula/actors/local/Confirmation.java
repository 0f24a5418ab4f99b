package io.macula.actors.local;

/// What the mesh said of a subscription or an offer.
public sealed interface Confirmation {

    /// It is known beyond this node.
    record Known() implements Confirmation {}

    /// It was refused, with a stable code and one sentence.
    record Refused(String code, String message) implements Confirmation {}
}
