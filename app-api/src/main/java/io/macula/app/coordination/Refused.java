package io.macula.app.coordination;

/// Not done, and it will not be: a limit was reached or the request contradicts what is there. One
/// sentence says which.
public record Refused(String message) implements Opening, Failure {}
