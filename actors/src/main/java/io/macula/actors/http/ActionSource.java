package io.macula.actors.http;

/// Answers at one path. Asked on threads that may block, several at a time.
@FunctionalInterface
public interface ActionSource {

    /// @param body a JSON text as it came, at most [RequestGate#BODY_BYTES_MAX] bytes of UTF-8; empty with GET
    Answer answer(Visit visit, String body);
}
