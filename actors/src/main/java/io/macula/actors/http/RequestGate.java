package io.macula.actors.http;

import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/// Decides what becomes of a request, before anything runs for it. Pure.
public final class RequestGate {

    /// The longest body that is read.
    public static final int BODY_BYTES_MAX = 64 << 10;

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

        /// Tell it no, in the words of what stands there.
        record Decline(Answer.Json answer) implements Verdict {}

        /// Have it done, or answered.
        record Act(ActionSource source, Visit visit, Target target) implements Verdict {}

        /// Tell it what is new from now on.
        record Tell(Place.Streams place, Visit visit) implements Verdict {}

        /// Let a browser's socket in.
        record Connect(Place.Sockets place, Map<String, String> query) implements Verdict {}
    }

    public RequestGate(Site site, OwnNames names) {
        this.site = site;
        this.names = names;
    }

    public Verdict judge(RequestHead head) {
        var isPost = head.method().equals("POST");
        if (!isPost && !head.method().equals("GET") && !head.method().equals("HEAD")) {
            return wrongMethod("GET, HEAD");
        }
        if (head.headers().all("host").size() > 1) {
            return refuse(400, "a request names one host");
        }
        var target = Target.parse(head.target());
        if (target.isEmpty()) {
            return refuse(400, "this is no address");
        }
        var found = site.find(target.get().path());
        if (isPost) {
            return found.map(Site.Found::place)
                    .filter(Place.Action.class::isInstance)
                    .map(place -> judge(head, target.get(), (Place.Action) place))
                    .orElseGet(() -> wrongMethod("GET, HEAD"));
        }
        return found.map(each -> judge(head, target.get(), each))
                .orElseGet(() -> refuse(404,
                        "there are /health, /ready, /live, /startup and /metrics here"));
    }

    private static Verdict wrongMethod(String allowed) {
        return new Verdict.Refuse(405, "only " + allowed + " is answered here",
                Map.of("allow", allowed));
    }

    private Verdict judge(RequestHead head, Target target, Site.Found found) {
        return switch (found.place()) {
            case Place.Pages(var source, var isGuarded) ->
                (isGuarded ? refusal(head) : Optional.<Verdict>empty())
                        .orElseGet(() -> new Verdict.Ask(source, found.rest(), target));
            case Place.Sockets sockets -> refusal(head).or(() -> malformed(head))
                    .orElseGet(() -> new Verdict.Connect(sockets, target.query()));
            case Place.Action action -> judge(head, target, action);
            case Place.Streams streams ->
                refusal(head).orElseGet(() -> judge(head, target, streams));
        };
    }

    private Verdict judge(RequestHead head, Target target, Place.Action action) {
        if (!head.method().equals(action.method().name())) {
            return wrongMethod(action.method().name());
        }
        return refusal(head)
                .or(() -> action.method() == Place.Method.POST ? unfit(head) : Optional.empty())
                .orElseGet(() -> new Verdict.Act(action.source(),
                        new Visit(target.query(), head.headers()), target));
    }

    /// A form of another page could be posted without asking us first; JSON cannot (Fetch, CORS-safelisted
    /// content types), and every browser names the origin of what it posts.
    private static Optional<Verdict> unfit(RequestHead head) {
        if (head.header("origin").isEmpty()) {
            return Optional.of(refuse(403, "only a page of this node may post here"));
        }
        var isJson = head.header("content-type")
                .map(type -> type.split(";", 2)[0].strip().equalsIgnoreCase("application/json"))
                .orElse(false);
        return isJson
                ? Optional.empty()
                : Optional.of(refuse(415, "what is posted here is application/json"));
    }

    private static Verdict judge(RequestHead head, Target target, Place.Streams streams) {
        if (!head.method().equals("GET")) {
            return wrongMethod("GET");
        }
        var visit = new Visit(target.query(), head.headers());
        return streams.source()
                .refusal(visit)
                .<Verdict>map(answer -> new Verdict.Decline(answer))
                .orElseGet(() -> new Verdict.Tell(streams, visit));
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
