package io.macula.runtime.why;

import io.macula.dht.NodeId;
import io.macula.runtime.why.Matter.Kind;
import io.macula.runtime.why.Step.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Goes the way of a message or call in thought, from what is known. A pure core: no clock, no I/O.
public final class Walk {

    private static final int NAMED_MAX = 5;

    private final Matter matter;
    private final Facts facts;

    private Walk(Matter matter, Facts facts) {
        this.matter = matter;
        this.facts = facts;
    }

    /// The steps in their order. What follows a failed step is looked at only where it can be seen
    /// without it.
    public static List<Step> of(Matter matter, Facts facts) {
        return new Walk(matter, facts).steps();
    }

    private List<Step> steps() {
        var steps = new ArrayList<Step>();
        steps.add(realm());
        steps.add(wanted());
        if (steps.stream().noneMatch(step -> step.verdict() == Verdict.FAILED)) {
            steps.add(recorded());
            steps.add(path());
            steps.add(used());
        }
        return steps;
    }

    private boolean isTopic() {
        return matter.kind() == Kind.TOPIC;
    }

    private Step realm() {
        var name = "realm";
        if (facts.links() == 0 && facts.wantsLinks()) {
            var why = String.join("; ", facts.refusals());
            return Step.failed(name, "no link is up" + (why.isEmpty() ? "" : ": " + why),
                    why.contains("realm")
                            ? "start both nodes with the same realm name and the same secret"
                                    + " (macula.realm)"
                            : "see that a gateway runs at the address of macula.peers, and that UDP"
                                    + " reaches it");
        }
        return Step.ok(name, facts.links() == 0
                ? "realm " + facts.realm() + "; no other node is linked, so only this one counts"
                : "realm " + facts.realm() + ", " + counted(facts.links(), "link"));
    }

    private static String counted(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private Step wanted() {
        var name = isTopic() ? "subscription" : "offer";
        var ready = facts.standings().stream().filter(Standing::isReady).toList();
        if (!ready.isEmpty()) {
            return Step.ok(name, ready.stream()
                    .limit(NAMED_MAX)
                    .map(each -> each.what() + " on " + shown(each.place()))
                    .collect(Collectors.joining(", ")) + more(ready.size()));
        }
        if (!facts.standings().isEmpty()) {
            var unfit = facts.standings().getFirst();
            return Step.failed(name, unfit.trouble(), "mend what its health check looks at on node "
                    + shown(unfit.place()) + "; it is offered again by itself");
        }
        var nobody = "neither this node nor " + counted(facts.asked(), "other") + " it asked "
                + (isTopic() ? "subscribes to " : "offers ") + matter.name();
        if (!facts.similar().isEmpty()) {
            return Step.failed(name, nobody, "is it called " + String.join(" or ", facts.similar())
                    + "? Upper and lower case differ"
                    + (isTopic() ? ", and * stands for one segment only" : ""));
        }
        if (!facts.isInDht() && facts.links() > 0) {
            return Step.open(name, nobody + "; this node listens nowhere, so it asked its gateway"
                    + " only", "ask the gateway: --data-dir with its folder");
        }
        return Step.failed(name, nobody, isTopic()
                ? "subscribe, for example with 'macula sub " + matter.name() + "'"
                : "start what serves it, or see with 'macula tree' why it does not run");
    }

    private static String more(int size) {
        return size > NAMED_MAX ? " and " + (size - NAMED_MAX) + " more" : "";
    }

    private String shown(NodeId node) {
        return node.equals(facts.self()) ? "this node" : node.hex().substring(0, 8);
    }

    private Step recorded() {
        var name = "record";
        var elsewhere = facts.elsewhere();
        if (elsewhere.isEmpty()) {
            return Step.open(name, "not needed: it is reached from this node itself", "");
        }
        if (!facts.isInDht()) {
            return Step.open(name,
                    "this node listens nowhere, so its gateway looks in the DHT for it",
                    "ask the gateway: --data-dir with its folder");
        }
        var missing = elsewhere.stream().filter(node -> !facts.recorded().contains(node)).toList();
        return missing.isEmpty()
                ? Step.ok(name, "the DHT names " + named(elsewhere))
                : Step.failed(name, "the DHT has no record of " + named(missing),
                        "a record may be a few seconds old before it is found, and is renewed every"
                                + " macula.dht.refresh; if it stays away, see 'macula peers' on"
                                + " that node for its links");
    }

    private String named(List<NodeId> nodes) {
        return nodes.stream()
                .limit(NAMED_MAX)
                .map(this::shown)
                .collect(Collectors.joining(", ")) + more(nodes.size());
    }

    private Step path() {
        var name = "path";
        var elsewhere = facts.elsewhere();
        var lost = elsewhere.stream().filter(node -> !facts.paths().containsKey(node)).toList();
        if (elsewhere.isEmpty()) {
            return Step.open(name, "not needed", "");
        }
        return lost.isEmpty()
                ? Step.ok(name, elsewhere.stream()
                        .limit(NAMED_MAX)
                        .map(this::reached)
                        .collect(Collectors.joining(", ")) + more(elsewhere.size()))
                : Step.failed(name, "no link leads to " + named(lost)
                        + ", and no gateway both are linked to",
                        "let UDP through between the two, or link both to one gateway");
    }

    private String reached(NodeId node) {
        var path = facts.paths().get(node);
        return shown(node) + (path == null ? "" : " " + path.name().toLowerCase(Locale.ROOT));
    }

    private Step used() {
        var name = isTopic() ? "delivery" : "answer";
        var ready = facts.standings().stream().filter(Standing::isReady).toList();
        var troubled = ready.stream().filter(each -> !each.trouble().isEmpty()).findFirst();
        if (troubled.isPresent()) {
            return Step.failed(name, shown(troubled.get().place()) + ": "
                    + troubled.get().trouble(),
                    isTopic()
                            ? "make its handler faster, or subscribe to less"
                            : "follow a call to see why: 'macula call " + matter.name()
                                    + " ... --trace'");
        }
        return ready.stream()
                .flatMap(each -> each.lastUsed().stream())
                .min(Comparator.naturalOrder())
                .map(ago -> Step.ok(name, "the last one was " + told(ago) + " ago"))
                .orElseGet(() -> Step.open(name, "none is known of yet", isTopic()
                        ? "publish one and follow it: 'macula pub " + matter.name()
                                + " 1 --trace'"
                        : "make one and follow it: 'macula call " + matter.name() + " --trace'"));
    }

    private static String told(Duration ago) {
        var seconds = ago.toSeconds();
        if (seconds < 120) {
            return seconds + " s";
        }
        return seconds < 7_200 ? ago.toMinutes() + " min" : ago.toHours() + " h";
    }
}
