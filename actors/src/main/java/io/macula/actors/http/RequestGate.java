package io.macula.actors.http;

import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/// Decides what becomes of a request, before anything runs for it. Pure.
public final class RequestGate {

    private static final String WEBSOCKET_VERSION = "13";
    private static final int WEBSOCKET_KEY_BYTES = 16;
    private static final Map<String, String> NOTHING_MORE = Map.of();

    private final Site site;
    private final OwnNames names;

    /// What is to be done with a request.
    public sealed interface Verdict {

        /// Tell it no.
        ///
        /// @param headers what has to be said beside
        record Refuse(int status, String message, Map<String, String> headers)
                implements
                    Verdict {}

        /// Ask `source` for the `rest` of the path.
        record Ask(PageSource source, String rest, Target target) implements Verdict {}

        /// Let a browser's socket in.
        record Connect(Place.Sockets place, Map<String, String> query) implements Verdict {}
    }

    public RequestGate(Site site, OwnNames names) {
        this.site = site;
        this.names = names;
    }

    public Verdict judge(RequestHead head) {
        if (!head.method().equals("GET") && !head.method().equals("HEAD")) {
            return new Verdict.Refuse(405, "only GET and HEAD are answered here",
                    Map.of("allow", "GET, HEAD"));
        }
        if (head.headers().all("host").size() > 1) {
            return refuse(400, "a request names one host");
        }
        return Target.parse(head.target())
                .map(target -> judge(head, target))
                .orElseGet(() -> refuse(400, "this is no address"));
    }

    private Verdict judge(RequestHead head, Target target) {
        return site.find(target.path()).map(found -> switch (found.place()) {
            case Place.Pages(var source, var isGuarded) ->
                (isGuarded ? refusal(head) : Optional.<Verdict>empty())
                        .orElseGet(() -> new Verdict.Ask(source, found.rest(), target));
            case Place.Sockets sockets -> refusal(head).or(() -> malformed(head))
                    .orElseGet(() -> new Verdict.Connect(sockets, target.query()));
        }).orElseGet(() -> refuse(404, "there are /health, /ready, /live and /metrics here"));
    }

    /// Why a browser's page may not have asked for this, if it may not.
    private Optional<Verdict> refusal(RequestHead head) {
        var host = head.header("host").orElse("");
        if (!names.contains(host)) {
            return Optional.of(refuse(421, "this node is not called so; ask by its address, or "
                    + "name it in macula.http.names"));
        }
        return isOfAnotherOrigin(head, host)
                ? Optional.of(refuse(403, "a page of another origin may not ask for this"))
                : Optional.empty();
    }

    /// Browsers name the origin of every socket, and of most requests that a page makes; a program that
    /// is no browser names none. To follow a link from elsewhere is allowed.
    private static boolean isOfAnotherOrigin(RequestHead head, String host) {
        var origin = head.header("origin");
        if (origin.isPresent()) {
            return !origin.get().equalsIgnoreCase("http://" + host)
                    && !origin.get().equalsIgnoreCase("https://" + host);
        }
        return head.header("sec-fetch-site")
                .map(site -> !site.equals("same-origin") && !site.equals("none")
                        && !head.header("sec-fetch-mode").equals(Optional.of("navigate")))
                .orElse(false);
    }

    /// What is wrong with the handshake, if anything is (RFC 6455, 4.2.1).
    private static Optional<Verdict> malformed(RequestHead head) {
        if (!head.method().equals("GET") || !head.asksForWebSocket()
                || !head.header("sec-websocket-version")
                        .equals(Optional.of(WEBSOCKET_VERSION))) {
            return Optional.of(new Verdict.Refuse(426, "this is the address of a WebSocket",
                    Map.of("upgrade", "websocket", "sec-websocket-version",
                            WEBSOCKET_VERSION)));
        }
        return head.header("sec-websocket-key").filter(RequestGate::isKey).isPresent()
                ? Optional.empty()
                : Optional.of(refuse(400, "the WebSocket's key is not one"));
    }

    private static boolean isKey(String text) {
        try {
            return Base64.getDecoder().decode(text).length == WEBSOCKET_KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Verdict refuse(int status, String message) {
        return new Verdict.Refuse(status, message, NOTHING_MORE);
    }
}
