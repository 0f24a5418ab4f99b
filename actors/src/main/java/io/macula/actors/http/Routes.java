package io.macula.actors.http;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The table of what is served where. Belongs to the node and outlives the process that serves it. Safe to
/// use from any thread.
///
/// Sockets, streams, actions and single pages stand at exactly one path; pages stand at a folder and answer for everything below it, unless
/// something stands deeper.
public final class Routes implements Site {

    /// What can be mounted at once.
    public static final int MOUNTS_MAX = 1_000;

    private static final Place FOLDER = new Place.Pages((_, _) -> new Answer.Folder(), true);

    private final Set<String> reserved;
    private final Map<String, Place> places = new ConcurrentHashMap<>();

    /// What became of a mount.
    public sealed interface Mounted {
        record Active(Mount mount) implements Mounted {}

        /// One sentence why not.
        record Refused(String message) implements Mounted {}
    }

    /// Something that is served until it is closed.
    public final class Mount implements AutoCloseable {

        private final String path;
        private final Place place;

        private Mount(String path, Place place) {
            this.path = path;
            this.place = place;
        }

        /// Ends it and the connections that came by it. Again: nothing happens.
        @Override
        public void close() {
            if (places.remove(path, place)) {
                guestsOf(place).ifPresent(Guests::turnOut);
            }
        }
    }

    /// @param reserved paths that something else answers for
    public Routes(Set<String> reserved) {
        this.reserved = Set.copyOf(reserved);
    }

    /// @param folder begins and ends with a slash
    public Mounted pages(String folder, PageSource source) {
        if (!folder.startsWith("/") || !folder.endsWith("/")) {
            throw new IllegalArgumentException("a folder begins and ends with a slash: " + folder);
        }
        return mount(folder, new Place.Pages(source, true));
    }

    /// A single page, guarded.
    ///
    /// @param path begins with a slash and ends with none
    public Mounted page(String path, PageSource source) {
        return at(path, new Place.Pages(source, true));
    }

    private static Optional<Guests> guestsOf(Place place) {
        return switch (place) {
            case Place.Sockets(_, var guests) -> Optional.of(guests);
            case Place.Streams(_, var guests) -> Optional.of(guests);
            case Place.Pages _,Place.Action _ -> Optional.empty();
        };
    }

    /// @param path begins with a slash and ends with none
    public Mounted sockets(String path, SocketListener listener) {
        return at(path, new Place.Sockets(listener, new Guests()));
    }

    /// @param path begins with a slash and ends with none
    public Mounted streams(String path, StreamSource source) {
        return at(path, new Place.Streams(source, new Guests()));
    }

    /// @param path begins with a slash and ends with none
    public Mounted action(Place.Method method, String path, ActionSource source) {
        return at(path, new Place.Action(method, source));
    }

    private Mounted at(String path, Place place) {
        if (!path.startsWith("/") || path.endsWith("/")) {
            throw new IllegalArgumentException(
                    "such a path begins with a slash and ends with none: " + path);
        }
        return mount(path, place);
    }

    private synchronized Mounted mount(String path, Place place) {
        if (places.size() >= MOUNTS_MAX) {
            return new Mounted.Refused("this node serves " + MOUNTS_MAX + " things already");
        }
        return reserved.contains(path) || places.putIfAbsent(path, place) != null
                ? new Mounted.Refused(path + " is taken already")
                : new Mounted.Active(new Mount(path, place));
    }

    /// Where anything is answered at this moment, what is reserved too; a folder ends with a slash.
    public SortedSet<String> paths() {
        var paths = new TreeSet<>(reserved);
        paths.addAll(places.keySet());
        return paths;
    }

    @Override
    public Optional<Found> find(String path) {
        if (path.isEmpty()) {
            return Optional.empty();
        }
        var single = path.endsWith("/") ? null : places.get(path);
        if (single != null) {
            return Optional.of(new Found(single, ""));
        }
        if (places.containsKey(path + "/")) {
            return Optional.of(new Found(FOLDER, ""));
        }
        for (var end = path.lastIndexOf('/'); end >= 0; end = path.lastIndexOf('/', end - 1)) {
            var place = below(path, end);
            if (place != null) {
                return Optional.of(new Found(place, path.substring(end + 1)));
            }
        }
        return Optional.empty();
    }

    private @Nullable Place below(String path, int end) {
        return places.get(path.substring(0, end + 1));
    }
}
