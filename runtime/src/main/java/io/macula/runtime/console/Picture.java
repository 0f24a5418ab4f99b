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

/// What is known of all nodes: the last sheets of each, and whether it still answers. Pure but for being
/// written to; belongs to one thread.
final class Picture {

    /// Nodes that are shown; more are left out.
    static final int NODES_MAX = 200;

    /// Questions in a row that a node may leave unanswered before it counts as silent.
    static final int UNANSWERED_MAX = 2;

    /// How long a silent node is shown.
    static final Duration KEEP = Duration.ofMinutes(10);

    private final Map<String, Seen> nodes = new TreeMap<>();

    /// One node as it was last heard of.
    static final class Seen {

        private final Map<Section, Sheet> sheets = new EnumMap<>(Section.class);
        private final Map<Section, String> tags = new EnumMap<>(Section.class);
        private Instant heardAt;
        private int unanswered;

        private Seen(Instant now) {
            heardAt = now;
            unanswered = UNANSWERED_MAX;
        }

        private void shows(Section section, Sheet sheet) {
            sheets.put(section, sheet);
            tags.put(section, sheet.tag());
        }

        boolean isSilent() {
            return unanswered >= UNANSWERED_MAX;
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
        seen.unanswered = 0;
        answer.properties()
                .forEach(each -> Section.of(each.getKey())
                        .ifPresent(section -> seen.shows(section,
                                Sheet.ofJson(each.getValue()))));
    }

    /// A node did not answer in time.
    void leftOpen(String id) {
        var seen = nodes.get(id);
        if (seen != null) {
            seen.unanswered++;
        }
    }

    void forgetLongSilent(Instant now) {
        nodes.values()
                .removeIf(seen -> seen.isSilent()
                        && Duration.between(seen.heardAt, now).compareTo(KEEP) > 0);
    }

    List<String> ids() {
        return List.copyOf(nodes.keySet());
    }

    Map<String, Seen> nodes() {
        return nodes;
    }
}
