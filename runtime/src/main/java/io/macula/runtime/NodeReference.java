package io.macula.runtime;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.regex.Pattern;

/// The class loader of a node's own actor system: it finds every class, but not the defaults of the
/// libraries that only a member of a Cluster needs. A node without one would else read them all at each
/// start, and start the stream library that they ask for.
final class NodeReference extends ClassLoader {

    /// One for all nodes of a JVM, because what was read is remembered for a loader.
    static final ClassLoader LOADER = new NodeReference(NodeReference.class.getClassLoader());

    private static final String DEFAULTS = "reference.conf";

    private static final Pattern OF_A_CLUSTER = Pattern.compile(
            "/pekko-(cluster|remote|stream|coordination|pki|protobuf)[^/]*\\.jar!");

    private NodeReference(ClassLoader parent) {
        super("macula-node", parent);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        var all = super.getResources(name);
        return name.equals(DEFAULTS)
                ? Collections.enumeration(Collections.list(all)
                        .stream()
                        .filter(url -> !isOfACluster(url.toString()))
                        .toList())
                : all;
    }

    /// True for the defaults of a library that only a member of a Cluster needs.
    static boolean isOfACluster(String url) {
        return OF_A_CLUSTER.matcher(url).find();
    }
}
