package io.macula.runtime.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.actors.cluster.ClusterAddress;
import io.macula.dht.NodeId;
import io.macula.runtime.control.NodeControl.Cuttable;
import io.macula.runtime.cut.Cut;
import io.macula.runtime.json.Json;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Optional;

/// Answers `{"op":"cut","do":...}`: `look` tells where the node is reached and whom it is cut off from; `from` cuts it off
/// from the places in `others`, and from nobody else.
final class CutAnswers {

    private final Cuttable node;

    CutAnswers(Cuttable node) {
        this.node = node;
    }

    ObjectNode answer(JsonNode request) {
        return switch (request.path("do").asText()) {
            case "look" -> look();
            case "from" -> from(request.path("others"));
            default -> malformed("do is one of look, from");
        };
    }

    private ObjectNode look() {
        var json = Json.object().put("ok", true);
        json.set("place", json(node.place()));
        var others = json.putArray("others");
        node.cut().others().forEach(other -> others.add(json(other)));
        return json;
    }

    static ObjectNode json(Cut.Place place) {
        return Json.object()
                .put("id", place.id().hex())
                .put("quic", place.quic().map(CutAnswers::text).orElse(""))
                .put("member", place.member().map(CutAnswers::text).orElse(""));
    }

    private static String text(InetSocketAddress address) {
        return new ClusterAddress(address.getHostString(), address.getPort()).toString();
    }

    private ObjectNode from(JsonNode others) {
        if (!others.isArray() || others.size() > Cut.OTHERS_MAX) {
            return malformed("others is a list of at most " + Cut.OTHERS_MAX + " places");
        }
        var places = new HashSet<Cut.Place>();
        for (var other : others) {
            var place = place(other);
            if (place.isEmpty()) {
                return malformed("a place has an id, and quic and member as HOST:PORT or empty");
            }
            places.add(place.get());
        }
        node.cut().from(places);
        return look();
    }

    static Optional<Cut.Place> place(JsonNode json) {
        var quic = json.path("quic").asText();
        var member = json.path("member").asText();
        var isWritten = isAddress(quic) && isAddress(member);
        return NodeId.parse(json.path("id").asText())
                .filter(_ -> isWritten)
                .map(id -> new Cut.Place(id, address(quic), address(member)));
    }

    private static boolean isAddress(String text) {
        return text.isEmpty() || ClusterAddress.parse(text).isPresent();
    }

    private static Optional<InetSocketAddress> address(String text) {
        return ClusterAddress.parse(text)
                .map(address -> new InetSocketAddress(address.host(), address.port()));
    }

    private static ObjectNode malformed(String message) {
        return ControlAnswers.error("malformed", message);
    }
}
