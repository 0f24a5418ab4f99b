package io.macula.app;

/// A message as a subscriber sees it.
///
/// @param topic
///            the topic it was published under
/// @param pattern
///            the subscription's pattern that matched
public record TopicMessage(String topic, String pattern, Payload payload) {}
