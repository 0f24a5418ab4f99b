package io.macula.runtime.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.actors.http.Answer;
import io.macula.actors.http.OpenSocket;
import io.macula.actors.http.SocketListener;
import io.macula.actors.http.StreamSource;
import io.macula.actors.http.Visit;
import io.macula.dht.NodeId;
import io.macula.runtime.json.Json;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/// What the pages of the console ask this node for: who they are, what is new, and to do something.
final class ConsoleDoor implements StreamSource, SocketListener {

    /// The header in which a page says the word of its session.
    static final String WORD = "x-macula-console";

    private static final Map<String, Integer> STATUS = Map.of("malformed", 400, "forbidden", 403,
            "not-found", 404, "timeout", 504, "busy", 503, "unavailable", 409);

    private final NodeId self;
    private final Allowed allowed;
    private final Optional<String> token;
    private final Sessions sessions;
    private final Lookout lookout;
    private final Deeds deeds;
    private final OtherNodes others;
    private final Clock clock;

    /// @param token
    ///            what one has to know to get in; empty when everybody may
    ConsoleDoor(NodeId self, Allowed allowed, Optional<String> token, Sessions sessions,
            Lookout lookout, Deeds deeds, OtherNodes others, Clock clock) {
        this.self = self;
        this.allowed = allowed;
        this.token = token;
        this.sessions = sessions;
        this.lookout = lookout;
        this.deeds = deeds;
        this.others = others;
        this.clock = clock;
    }

    /// Nodes of one machine share their browsers' cookies, whatever their ports.
    private String cookieName() {
        return "macula_" + self.hex().substring(0, 12);
    }

    private Optional<String> word(Visit visit) {
        return sessions.word(visit.cookie(cookieName()), clock.instant());
    }

    /// Tells a page its word, and who is new gets a session, unless it has to know the token first.
    Answer session(Visit visit, String nothing) {
        var known = word(visit);
        if (known.isPresent()) {
            return json(200, about().put("word", known.get()));
        }
        return token.isPresent() ? json(200, about().put("login", true)) : welcome();
    }

    private Answer welcome() {
        var cookie = sessions.begin(clock.instant());
        var word = sessions.word(Optional.of(cookie), clock.instant()).orElseThrow();
        return new Answer.Welcome(json(200, about().put("word", word)), cookieName() + "=" + cookie
                + "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + Sessions.LIFE.toSeconds());
    }

    private ObjectNode about() {
        return Json.object()
                .put("node", self.hex())
                .put("actions", allowed.actions())
                .put("chaos", allowed.chaos())
                .put("exposed", token.isPresent());
    }

    /// `{"token":"..."}`
    Answer login(Visit visit, String body) {
        if (token.isEmpty()) {
            return Answer.Json.error(409, "nobody has to log in here");
        }
        var given = Json.parse(body) instanceof Json.Parsed.Value(var json)
                ? json.path("token").asText()
                : "";
        return Sessions.isSame(given, token.get())
                ? welcome()
                : Answer.Json.error(401, "this is not the token");
    }

    /// `{"node":ID,"do":...}`; here, or by the node that is named.
    Answer act(Visit visit, String body) {
        var refusal = refusal(visit).or(() -> hasSaidItsWord(visit)
                ? Optional.empty()
                : Optional.of(Answer.Json.error(403, "the word of the session is missing")));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        return switch (Json.parse(body)) {
            case Json.Parsed.Malformed _ -> Answer.Json.error(400, "this is no JSON");
            case Json.Parsed.Value(var request) -> switch (Deed.parse(request)) {
                case Deed.Parsed.Wrong(var message) ->
                    answer(Deeds.refused("malformed", message));
                case Deed.Parsed.Ok(var deed) ->
                    answer(act(request.path("node").asText(self.hex()), deed));
            };
        };
    }

    private boolean hasSaidItsWord(Visit visit) {
        var said = visit.header(WORD).orElse("");
        return word(visit).filter(word -> Sessions.isSame(said, word)).isPresent();
    }

    private ObjectNode act(String where, Deed deed) {
        if (!deeds.allows(deed)) {
            return Deeds.forbidden(deed);
        }
        if (where.equals(self.hex())) {
            return deeds.perform(deed.toJson());
        }
        return NodeId.parse(where)
                .map(node -> ask(node, deed))
                .orElseGet(() -> Deeds.refused("malformed", "a node is an id of 40 digits"));
    }

    private ObjectNode ask(NodeId node, Deed deed) {
        var request = Json.object();
        request.set("act", deed.toJson());
        return others.ask(node, Json.write(request))
                .toCompletableFuture()
                .join()
                .flatMap(text -> Json.parse(text) instanceof Json.Parsed.Value(var json)
                        && json instanceof ObjectNode object
                                ? Optional.of(object)
                                : Optional.empty())
                .orElseGet(() -> Deeds.refused("timeout", "that node did not answer in time"));
    }

    private static Answer answer(ObjectNode result) {
        var status = result.path("ok").asBoolean()
                ? 200
                : STATUS.getOrDefault(result.path("code").asText(), 422);
        return json(status, result);
    }

    private static Answer.Json json(int status, ObjectNode object) {
        return new Answer.Json(status, Json.write(object));
    }

    // --- what is new

    @Override
    public Optional<Answer.Json> refusal(Visit visit) {
        if (word(visit).isEmpty()) {
            return Optional.of(Answer.Json.error(401, "ask for a session first"));
        }
        return lookout.hasRoom()
                ? Optional.empty()
                : Optional.of(Answer.Json.error(429, "too many look at this console already"));
    }

    @Override
    public SocketListener listener() {
        return this;
    }

    @Override
    public void opened(OpenSocket stream) {
        lookout.comes(stream);
    }

    @Override
    public void received(OpenSocket stream, String text) {
        throw new IllegalStateException("nothing comes by a stream");
    }

    @Override
    public void closed(OpenSocket stream) {
        lookout.goes(stream);
    }
}
