package io.macula.runtime.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.runtime.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What is known of all nodes: the last sheets of each, and whether it still answers. Pure but for being
/// written to; belongs to one thread.
final class Picture {

    /// Nodes that are shown; more are left out.
    static final int NODES_MAX = 200;

    /// How long a node may leave what it is asked unanswered before it counts as silent. Long enough for a question
    /// that is lost and asked again; with the time until the next question and until browsers are told, a node that
    /// dies is seen to be silent within 5 s.
    static final Duration OPEN_MAX = Duration.ofMillis(2_500);

    /// How long a silent node is shown.
    static final Duration KEEP = Duration.ofMinutes(10);

    private final Map<String, Seen> nodes = new TreeMap<>();

    /// One node as it was last heard of.
    static final class Seen {

        private final Map<Section, Sheet> sheets = new EnumMap<>(Section.class);
        private final Map<Section, String> tags = new EnumMap<>(Section.class);
        private Instant heardAt;
        private boolean hasAnswered;
        private @Nullable Instant openSince;

        private Seen(Instant now) {
            heardAt = now;
        }

        private void shows(Section section, Sheet sheet) {
            sheets.put(section, sheet);
            tags.put(section, sheet.tag());
        }

        boolean isSilent(Instant now) {
            return !hasAnswered || (openSince != null
                    && Duration.between(openSince, now).compareTo(OPEN_MAX) >= 0);
        }

        Sheet sheet(Section section) {
            return sheets.getOrDefault(section, Sheet.EMPTY);
        }
    }

    /// Nodes that are about; they count as silent until they answer.
    void areAbout(Collection<String> ids, Instant now) {
        for (var id : ids) {
            if (nodes.size() < NODES_MAX) {
                nodes.computeIfAbsent(id, _ -> new Seen(now));
            }
        }
    }

    /// What a node should be asked for `wanted`, so that it need not tell again what is known:
    /// `{"facts":TAG}`, with an empty tag for what is not known.
    ObjectNode question(String id, Set<Section> wanted) {
        var seen = nodes.get(id);
        var question = Json.object();
        wanted.forEach(section -> question.put(section.text(),
                seen == null ? "" : seen.tags.getOrDefault(section, "")));
        return question;
    }

    /// A node answered: `{"facts":{rows}}`, without what has not changed.
    void answered(String id, JsonNode answer, Instant now) {
        var seen = nodes.get(id);
        if (seen == null) {
            return;
        }
        seen.heardAt = now;
        seen.hasAnswered = true;
        seen.openSince = null;
        answer.properties()
                .forEach(each -> Section.of(each.getKey())
                        .ifPresent(section -> seen.shows(section,
                                Sheet.ofJson(each.getValue()))));
    }

    /// A node is asked; what it was asked before may still be open.
    void asked(String id, Instant now) {
        var seen = nodes.get(id);
        if (seen != null && seen.openSince == null) {
            seen.openSince = now;
        }
    }

    /// Nobody looks any more, so nobody is asked: what was open says nothing about anyone.
    void rests() {
        nodes.values().forEach(seen -> seen.openSince = null);
    }

    void forgetLongSilent(Instant now) {
        nodes.values()
                .removeIf(seen -> seen.isSilent(now)
                        && Duration.between(seen.heardAt, now).compareTo(KEEP) > 0);
    }

    List<String> ids() {
        return List.copyOf(nodes.keySet());
    }

    Map<String, Seen> nodes() {
        return nodes;
    }
}
