package io.macula.runtime.workload;

import java.util.List;

/// What the code of a workload sees of the node: the JDK, `app-api` with what its signatures speak of, and the
/// interfaces of logging and tracing. Everything else a workload brings itself, in the version it likes.
final class WorkloadClasses extends ClassLoader {

    private static final List<String> SHARED = List.of("io.macula.app.", "io.macula.supervision.",
            "io.macula.crdt.", "org.apache.pekko.", "scala.", "com.typesafe.config.",
            "org.slf4j.", "io.opentelemetry.api.", "io.opentelemetry.context.",
            "io.opentelemetry.common.", "org.jspecify.", "java.", "javax.", "jdk.", "sun.");

    private final ClassLoader node;

    WorkloadClasses(ClassLoader node) {
        super("macula-app-api", ClassLoader.getPlatformClassLoader());
        this.node = node;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (SHARED.stream().anyMatch(name::startsWith)) {
            return node.loadClass(name);
        }
        throw new ClassNotFoundException(name + " is not part of app-api; bring it in the jar");
    }
}
