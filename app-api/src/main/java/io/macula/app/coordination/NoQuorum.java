package io.macula.app.coordination;

/// No majority of the voters confirmed the request in time. **It may still have taken effect, or
/// take effect later**: a message that is not answered may have arrived. A lock, candidacy or place at
/// a barrier that was asked for is withdrawn by itself as soon as a majority is there again; a
/// transaction is not, so read before you repeat one that must not run twice.
public record NoQuorum(String message) implements Opening, Failure {}
