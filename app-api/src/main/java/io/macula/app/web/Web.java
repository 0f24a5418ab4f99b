package io.macula.app.web;

/// The workload's place on the node's HTTP port: everything under `/apps/NAME/`, NAME being the workload's
/// name. Loopback only unless the operator says otherwise; requests and sockets from pages of another
/// origin are refused.
public interface Web {

    /// The folder's path as a browser asks for it, such as `/apps/arcade/`.
    String root();

    /// Serves the resources under `folder` of the workload's class loader (`web` serves
    /// `web/index.html` at the root). GET and HEAD. A strict content security policy is sent: scripts, styles,
    /// images and sockets of this origin only, nothing inline.
    Mounted pages(String folder);

    /// Takes WebSocket connections at `path` below the root, such as `play`.
    Mounted socket(String path, SocketHandler handler);

    /// What became of a mount.
    sealed interface Mounted {

        /// Close it to end it; open sockets are closed.
        record Active(Mount mount) implements Mounted {}

        /// The path is not one, is taken, or there are no such resources.
        record Invalid(String message) implements Mounted {}
    }

    /// What is served.
    interface Mount extends AutoCloseable {

        @Override
        void close();
    }
}
