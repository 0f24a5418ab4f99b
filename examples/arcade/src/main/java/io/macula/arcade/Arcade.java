package io.macula.arcade;

import io.macula.app.global.GlobalServices;
import io.macula.app.web.Web;
import io.macula.app.workload.Platform;
import io.macula.app.workload.Workload;
import io.macula.arcade.lobby.Lobby;
import io.macula.arcade.lobby.Ties;
import io.macula.arcade.matchmaking.Limits;
import io.macula.arcade.matchmaking.Matchmaking;
import io.macula.supervision.Key;
import io.macula.supervision.Spec;
import io.macula.supervision.Supervisor;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Two-player Snake with matchmaking: deploy it on every node that shall show it, run matches, or run the matchmaker.
///
/// ```
/// arcade     rest_for_one 5/10
/// ├─ matches dynamic 20/10      one arena per match this node hosts, stands by for, or shows; transient
/// └─ lobby                      pages, the matchmaker's answers, calls of other nodes
/// ```
public final class Arcade implements Workload {

    private static final Logger LOG = LoggerFactory.getLogger(Arcade.class);
    private static final String MATCHES = "matches";
    private static final Duration WITHIN = Duration.ofSeconds(10);
    private static final Key<Lobby.Command> LOBBY = Key.of("lobby");

    @Override
    public String name() {
        return "arcade";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public Spec processes(Platform platform) {
        host(platform);
        platform.web().ifPresent(Arcade::showPages);
        var ties = new Ties();
        return Supervisor.restForOne()
                .intensity(5, WITHIN)
                .supervisor(MATCHES, Supervisor.dynamic(Limits.ARENAS_PER_NODE)
                        .intensity(20, WITHIN))
                .child(LOBBY, starting -> Lobby.create(platform, Clock.systemUTC(), ties,
                        starting.get(LOBBY), starting.at(MATCHES)));
    }

    /// A node outside of the Cluster cannot run the matchmaker; its pages play all the same.
    private static void host(Platform platform) {
        switch (platform.globalServices().host(new Matchmaking(platform.node()))) {
            case GlobalServices.Hosted.Active _ -> LOG.atInfo().log("may run the matchmaker");
            case GlobalServices.Hosted.Invalid(var why) ->
                LOG.atInfo().addKeyValue("reason", why).log("does not run the matchmaker");
        }
    }

    private static void showPages(Web web) {
        switch (web.pages("web")) {
            case Web.Mounted.Active _ ->
                LOG.atInfo().addKeyValue("path", web.root()).log("pages are served");
            case Web.Mounted.Invalid(var why) ->
                LOG.atWarn().addKeyValue("reason", why).log("pages are not served");
        }
    }
}
