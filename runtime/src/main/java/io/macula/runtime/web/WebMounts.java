package io.macula.runtime.web;

import io.macula.actors.http.Routes;
import java.util.SortedSet;

/// Where the parts of a node get their places on its HTTP port. The port's table is beneath it, so what is
/// mounted stays when the process that serves the port is restarted.
public final class WebMounts {

    private static final String APPS = "/apps/";

    private final Routes routes;
    private final int fileBytesMax;

    /// @param fileBytesMax the longest file that is served
    public WebMounts(Routes routes, int fileBytesMax) {
        this.routes = routes;
        this.fileBytesMax = fileBytesMax;
    }

    /// The place of the workload of that name: everything below `/apps/NAME/`. Closing it ends all that was
    /// mounted there.
    ///
    /// @param loader has its pages; it is no longer used after the close
    public WebFolder forWorkload(String name, ClassLoader loader) {
        return under(APPS + name + "/", loader);
    }

    /// A place of the node's own, such as `/` for pages that nothing else has a better claim to.
    ///
    /// @param root begins and ends with a slash
    public WebFolder under(String root, ClassLoader loader) {
        return new WebFolder(routes, root, loader, fileBytesMax);
    }

    /// Where anything is answered on the port at this moment, health too; a folder ends with a slash.
    public SortedSet<String> paths() {
        return routes.paths();
    }
}
