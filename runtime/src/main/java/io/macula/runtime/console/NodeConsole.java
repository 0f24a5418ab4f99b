package io.macula.runtime.console;

import io.macula.actors.http.Place.Method;
import io.macula.actors.http.Routes;
import io.macula.actors.local.LocalProcedures;
import io.macula.actors.rpc.CallOutcome;
import io.macula.actors.wire.Bytes;
import io.macula.runtime.Node;
import io.macula.runtime.web.WebMounts;
import io.macula.supervision.Supervision;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts the console of a node together: its answers to the consoles of other nodes, and its pages.
public final class NodeConsole {

    /// The folder of the class path that has the pages.
    private static final String PAGES = "macula-console";

    private static final Logger LOG = LoggerFactory.getLogger(NodeConsole.class);

    /// What it is made of.
    ///
    /// @param folder
    ///            the node's own, for commands; empty when it has none
    /// @param token
    ///            what one has to know to look; empty when everybody who reaches the port may
    public record Parts(Node node, ActorSystem<?> system, Allowed allowed, String folder,
            OtherNodes others, LocalProcedures procedures, Optional<String> token) {}

    private NodeConsole() {}

    /// Lets other nodes ask, and serves the pages when the node serves any.
    ///
    /// @param routes
    ///            empty for a node without an HTTP port
    public static void open(Parts parts, Optional<WebMounts> mounts, Optional<Routes> routes) {
        var deeds = new Deeds(parts.node(), parts.allowed(), parts.folder());
        var wake = new Wake();
        var happenings = new Happenings(wake);
        Supervision.of(parts.system()).subscribe(happenings);
        var talk = new ConsoleTalk(
                new NodeSheets(parts.node(), parts.allowed(), parts.folder(), happenings), deeds);
        parts.procedures()
                .answerUnlisted(OtherNodes.PROCEDURE, request -> new CallOutcome.Ok(Bytes
                        .utf8(talk.answer(new String(request.toArray(),
                                StandardCharsets.UTF_8)))));
        if (mounts.isPresent() && routes.isPresent()) {
            var lookout = new Lookout(parts.node().id(), talk, parts.others(),
                    parts.node().topics(), Clock.systemUTC());
            wake.lookout = lookout;
            serve(new ConsoleDoor(parts.node().id(), parts.allowed(), parts.token(),
                    new Sessions(new SecureRandom()), lookout, deeds, parts.others(),
                    Clock.systemUTC()), mounts.get(), routes.get());
        }
    }

    /// A workload may have taken what it is called by, but nothing else begins so.
    private static void serve(ConsoleDoor door, WebMounts mounts, Routes routes) {
        routes.action(Method.GET, "/console/session", door::session);
        routes.action(Method.POST, "/console/login", door::login);
        routes.action(Method.POST, "/console/act", door::act);
        routes.streams("/console/events", door);
        LOG.atDebug()
                .addKeyValue("pages",
                        mounts.under("/", NodeConsole.class.getClassLoader()).pages(PAGES))
                .log("console served");
    }

    /// Has the lookout look when something happens; nobody looks before it is there.
    private static final class Wake implements Runnable {

        private volatile @Nullable Lookout lookout;

        @Override
        public void run() {
            var current = lookout;
            if (current != null) {
                current.happened();
            }
        }
    }
}
