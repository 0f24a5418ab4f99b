package io.macula.runtime.web;

import io.macula.actors.http.Routes;
import io.macula.app.web.SocketHandler;
import io.macula.app.web.Web;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// One folder of the node's HTTP port, for one user of it. Safe to use from any thread.
public final class WebFolder implements Web, AutoCloseable {

    /// Letters, digits and `._~-`, in parts that do not begin with a dot.
    private static final Pattern PATH = Pattern
            .compile("[A-Za-z0-9_~-][A-Za-z0-9._~-]*(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*");

    private static final int PATH_LENGTH_MAX = 255;

    private final Routes routes;
    private final String root;
    private final ClassLoader loader;
    private final int fileBytesMax;
    private final Set<Routes.Mount> mounts = new HashSet<>();
    private boolean isClosed;

    WebFolder(Routes routes, String root, ClassLoader loader, int fileBytesMax) {
        this.routes = routes;
        this.root = root;
        this.loader = loader;
        this.fileBytesMax = fileBytesMax;
    }

    @Override
    public String root() {
        return root;
    }

    @Override
    public Mounted pages(String folder) {
        if (!isPath(folder)) {
            return new Mounted.Invalid("'" + folder + "' is not the path of a folder, such as web");
        }
        var pages = new ResourcePages(loader, folder, fileBytesMax);
        return pages.exist()
                ? mounted(() -> routes.pages(root, pages))
                : new Mounted.Invalid("there are no resources in a folder '" + folder + "'");
    }

    @Override
    public Mounted socket(String path, SocketHandler handler) {
        return isPath(path)
                ? mounted(() -> routes.sockets(root + path, new HandledSockets(handler, loader)))
                : new Mounted.Invalid("'" + path + "' is not a path, such as play");
    }

    private static boolean isPath(String text) {
        return text.length() <= PATH_LENGTH_MAX && PATH.matcher(text).matches();
    }

    private synchronized Mounted mounted(Supplier<Routes.Mounted> attempt) {
        if (isClosed) {
            return new Mounted.Invalid("nothing is served at " + root + " any more");
        }
        return switch (attempt.get()) {
            case Routes.Mounted.Refused(var message) -> new Mounted.Invalid(message);
            case Routes.Mounted.Active(var mount) -> {
                mounts.add(mount);
                yield new Mounted.Active(() -> end(mount));
            }
        };
    }

    private void end(Routes.Mount mount) {
        forget(mount);
        mount.close();
    }

    private synchronized void forget(Routes.Mount mount) {
        mounts.remove(mount);
    }

    /// Ends all that is mounted here, for good.
    @Override
    public void close() {
        last().forEach(Routes.Mount::close);
    }

    private synchronized List<Routes.Mount> last() {
        isClosed = true;
        var open = List.copyOf(mounts);
        mounts.clear();
        return open;
    }
}
