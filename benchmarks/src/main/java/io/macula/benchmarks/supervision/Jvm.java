package io.macula.benchmarks.supervision;

/// Options of the JVMs that measure. The young generation holds a whole start of 100 000 children, so
/// that the time is the supervisor's and not that of copying its children from heap to heap.
final class Jvm {

    static final String LEAST = "-Xms2g";
    static final String MOST = "-Xmx2g";
    static final String YOUNG = "-Xmn1500m";
    static final String TOUCHED = "-XX:+AlwaysPreTouch";
    static final String UNSAFE = "--sun-misc-unsafe-memory-access=allow";

    static final String QUIET = "-Dslf4j.internal.verbosity=ERROR";

    private Jvm() {}
}
