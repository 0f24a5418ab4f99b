package io.macula.app.observe;

/// One figure of a workload.
public interface Meter extends AutoCloseable {

    /// It is shown no more. Again: nothing happens.
    @Override
    void close();
}
