package io.macula.coordination.state;

/// Who has a claim, under which fence.
public record Holder(SessionId session, String owner, long fence) {}
