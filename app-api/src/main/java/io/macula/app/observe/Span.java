package io.macula.app.observe;

/// A step of a workload's own within the request or message it handles. It stands in the trace of that
/// request beside what the nodes did for it; when the request is not recorded, neither is the step,
/// and it costs next to nothing.
///
/// Until it is closed, what the same thread calls, publishes and opens belongs to it. Open and close it on one
/// thread, best in a `try`:
///
/// ```java
/// try (var step = platform.observe().span("price the basket")) {
///     step.with("items", items.size());
///     ...
/// }
/// ```
public interface Span extends AutoCloseable {

    /// A fact, shown with the step: no payloads, no keys. At most 512 characters are kept.
    Span with(String key, String value);

    /// A number, shown with the step.
    Span with(String key, long value);

    /// It did not work out.
    ///
    /// @param reason
    ///            one sentence
    Span failed(String reason);

    /// The step is over. Again: nothing happens.
    @Override
    void close();
}
