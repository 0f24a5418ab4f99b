package io.macula.runtime.workload;

import java.nio.file.Path;

/// Where the code of a workload comes from.
public sealed interface WorkloadSource {

    /// A jar file that names its class as a service.
    record Jar(Path file) implements WorkloadSource {}

    /// A class that the node has on its own class path.
    record OnClassPath(String className) implements WorkloadSource {}
}
