package io.macula.app.coordination;

/// What became of waiting at a barrier.
public sealed interface Passage
        permits Passage.Passed, Passage.Broken, Failure {

    /// All parties were there at the same time.
    ///
    /// @param generation
    ///            the same for all of them, and greater than that of any passage before
    record Passed(long generation) implements Passage {}

    /// A party gave up or its session ended before all were there. Everybody who waited is told so;
    /// nobody hangs.
    record Broken(String message) implements Passage {}
}
