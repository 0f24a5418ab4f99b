package io.macula.runtime.why;

import java.util.Locale;

/// One step of the way.
///
/// @param name
///            `realm`, `subscription` or `offer`, `record`, `path`, `delivery` or `answer`
/// @param found
///            what was found there, one sentence
/// @param advice
///            what to do about it; empty when nothing needs to be done
public record Step(String name, Verdict verdict, String found, String advice) {

    /// How a step went.
    public enum Verdict {
        OK, FAILED,
        /// Nothing to be seen here: the step is not taken, or was never taken yet.
        OPEN;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Step ok(String name, String found) {
        return new Step(name, Verdict.OK, found, "");
    }

    static Step open(String name, String found, String advice) {
        return new Step(name, Verdict.OPEN, found, advice);
    }

    static Step failed(String name, String found, String advice) {
        return new Step(name, Verdict.FAILED, found, advice);
    }
}
