package io.macula.runtime.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.actors.http.OpenSocket;
import io.macula.runtime.json.Json;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One browser that looks, what it wants, and what it has been told. Belongs to one thread.
final class Viewer {

    private final OpenSocket stream;
    private final Set<Section> wanted;
    private final Optional<TopicTail> tail;
    private final Map<String, Told> told = new HashMap<>();

    /// What was told of one node.
    private static final class Told {
        private final Map<Section, Sheet> sheets = new EnumMap<>(Section.class);
        private boolean isSilent;
        private boolean isNew = true;
    }

    /// @param tail
    ///            follows topics for it, when it wants that
    Viewer(OpenSocket stream, Optional<TopicTail> tail) {
        this.stream = stream;
        this.tail = tail;
        this.wanted = Section.list(stream.query().getOrDefault("want", "facts"));
    }

    Set<Section> wanted() {
        return wanted;
    }

    /// Tells what changed; false when it cannot be told any more.
    boolean tell(Picture picture, Instant now) {
        return news(picture, now).map(news -> stream.send(Json.write(news))).orElse(true);
    }

    void leaves() {
        tail.ifPresent(TopicTail::close);
    }

    /// `{"t":millis,"nodes":{ID:{"silent":false,"facts":{"set":{},"del":[]}}},"gone":[ID],"tail":{}}`
    Optional<ObjectNode> news(Picture picture, Instant now) {
        var nodes = Json.object();
        picture.nodes().forEach((id, seen) -> {
            var change = change(told.computeIfAbsent(id, _ -> new Told()), seen, now);
            if (!change.isEmpty()) {
                nodes.set(id, change);
            }
        });
        var gone = told.keySet().stream().filter(id -> !picture.nodes().containsKey(id)).toList();
        gone.forEach(told::remove);
        var heard = tail.flatMap(TopicTail::take);
        if (nodes.isEmpty() && gone.isEmpty() && heard.isEmpty()) {
            return Optional.empty();
        }
        var news = Json.object().put("t", now.toEpochMilli());
        news.set("nodes", nodes);
        gone.forEach(news.putArray("gone")::add);
        heard.ifPresent(messages -> news.set("tail", messages));
        return Optional.of(news);
    }

    private ObjectNode change(Told before, Picture.Seen seen, Instant now) {
        var change = Json.object();
        var isSilent = seen.isSilent(now);
        if (before.isNew || before.isSilent != isSilent) {
            change.put("silent", isSilent);
            before.isSilent = isSilent;
            before.isNew = false;
        }
        for (var section : wanted) {
            var sheet = seen.sheet(section);
            sheet.since(before.sheets.getOrDefault(section, Sheet.EMPTY))
                    .ifPresent(difference -> change.set(section.text(), difference));
            before.sheets.put(section, sheet);
        }
        return change;
    }
}
