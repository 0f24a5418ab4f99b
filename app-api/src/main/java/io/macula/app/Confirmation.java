package io.macula.app;

/// What the mesh said of a subscription or an offered procedure.
public sealed interface Confirmation {

    /// It is known beyond this node: from now on messages and requests can arrive.
    record Known() implements Confirmation {}

    /// The mesh refused it, with a stable code and one sentence.
    record Refused(String code, String message) implements Confirmation {}
}
