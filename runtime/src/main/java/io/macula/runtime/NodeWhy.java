package io.macula.runtime;

import io.macula.actors.dht.InterestKeys;
import io.macula.actors.dht.Provider;
import io.macula.actors.dht.RealmKey;
import io.macula.actors.gateway.GatewaySystem;
import io.macula.actors.link.Link;
import io.macula.actors.mesh.Way;
import io.macula.actors.rpc.CallOutcome;
import io.macula.actors.wire.TopicName;
import io.macula.actors.wire.TopicPattern;
import io.macula.dht.NodeId;
import io.macula.runtime.config.Nearest;
import io.macula.runtime.why.Facts;
import io.macula.runtime.why.Known;
import io.macula.runtime.why.Matter;
import io.macula.runtime.why.Standing;
import io.macula.runtime.why.Step;
import io.macula.runtime.why.Walk;
import io.macula.runtime.why.WhyQuestion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds out what there is to know of a topic or service, here and on the nodes around, and answers those nodes
/// when they ask.
final class NodeWhy {

    /// How long the other nodes and the DHT may take.
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final NodePlane plane;
    private final String realm;
    private final TracePeers peers;

    NodeWhy(NodePlane plane, String realm) {
        this.plane = plane;
        this.realm = realm;
        this.peers = new TracePeers(plane);
    }

    /// From now on others are answered.
    NodeWhy answering() {
        plane.local()
                .procedures()
                .answerUnlisted(WhyQuestion.PROCEDURE,
                        question -> WhyQuestion.answer(question, this::known));
        return this;
    }

    /// The steps of the way. The stage never fails and completes in seconds.
    CompletionStage<List<Step>> whyNot(Matter matter) {
        var asked = peers.ask(WhyQuestion.PROCEDURE, WhyQuestion.of(matter), PATIENCE);
        return recorded(matter)
                .thenCombine(asked, (records, answers) -> facts(matter, records, answers))
                .thenApply(facts -> Walk.of(matter, facts));
    }

    private Facts facts(Matter matter, Set<NodeId> records, Map<NodeId, CallOutcome> answers) {
        var behind = behind().map(Link::peer).collect(Collectors.toSet());
        var heard = new HashMap<NodeId, Known>();
        answers.forEach((node, outcome) -> WhyQuestion
                .heard(outcome, behind.contains(node) ? plane.self() : node)
                .ifPresent(known -> heard.put(node, known)));
        var here = known(matter);
        var standings = new ArrayList<>(here(matter));
        heard.values().forEach(known -> standings.addAll(known.standings()));
        here.standings().stream().filter(each -> isNew(each, standings)).forEach(standings::add);
        var similar = Stream.concat(Stream.of(here), heard.values().stream())
                .map(Known::similar)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
        return new Facts(plane.self(), realm, links(), !plane.uplinks().all().isEmpty(),
                refusals(), heard.size(), standings, similar, plane.mesh().isPresent(), records,
                paths(standings));
    }

    private static boolean isNew(Standing standing, List<Standing> known) {
        return known.stream()
                .noneMatch(each -> each.place().equals(standing.place())
                        && each.what().equals(standing.what()));
    }

    // --- what this node knows

    /// What is on this node and on the peers that hang on it.
    private Known known(Matter matter) {
        var all = new ArrayList<>(here(matter));
        var names = new ArrayList<String>();
        switch (matter.kind()) {
            case TOPIC -> {
                patternsBehind()
                        .filter(pattern -> TopicName.of(matter.name())
                                .filter(pattern::matches)
                                .isPresent())
                        .forEach(pattern -> all.add(ready(pattern.text(), Optional.empty(), "")));
                plane.local().subscriptions().patterns().forEach(each -> names.add(each.text()));
                patternsBehind().forEach(each -> names.add(each.text()));
            }
            case SERVICE -> {
                var offers = plane.gateway().map(GatewaySystem::offersBehind).orElse(List.of());
                offers.stream()
                        .filter(matter.name()::equals)
                        .forEach(name -> all.add(ready(name, Optional.empty(), "")));
                names.addAll(plane.local().procedures().procedures());
                names.addAll(offers);
            }
        }
        names.remove(matter.name());
        return new Known(all, Nearest.to(matter.name(), names).orElse(""));
    }

    private Stream<TopicPattern> patternsBehind() {
        return plane.gateway()
                .map(GatewaySystem::patternsBehind)
                .orElse(List.of())
                .stream();
    }

    /// What is on this node itself.
    private List<Standing> here(Matter matter) {
        return switch (matter.kind()) {
            case TOPIC -> plane.local()
                    .subscriptions()
                    .standing(matter.name())
                    .stream()
                    .map(each -> ready(each.pattern(), each.delivered(), each.lost() == 0
                            ? ""
                            : each.lost() + " messages found the queue of " + each.pattern()
                                    + " full and were lost"))
                    .toList();
            case SERVICE -> service(matter.name()).stream().toList();
        };
    }

    private Optional<Standing> service(String name) {
        if (plane.local().procedures().offers(name)) {
            var last = plane.local().procedures().last(name);
            return Optional.of(ready(name, last.map(each -> Duration.ofNanos(
                    Math.max(0, System.nanoTime() - each.endedNanos()))),
                    last.map(each -> each.failure().isEmpty()
                            ? ""
                            : "the last request failed: " + each.failure()).orElse("")));
        }
        return plane.checked().isUnfit(name)
                ? Optional.of(new Standing(plane.self(), name, false, Optional.empty(),
                        name + " is registered, but its health check fails, so it is not offered"))
                : Optional.empty();
    }

    private Standing ready(String what, Optional<Duration> lastUsed, String trouble) {
        return new Standing(plane.self(), what, true, lastUsed, trouble);
    }

    // --- what it knows of the others

    private Stream<Link> behind() {
        return plane.gateway().map(GatewaySystem::behind).orElse(List.of()).stream();
    }

    private int links() {
        var linked = new HashSet<NodeId>();
        plane.uplinks().up().forEach(link -> linked.add(link.peer()));
        plane.mesh().ifPresent(mesh -> linked.addAll(mesh.mesh().neighbours().nodes()));
        behind().forEach(link -> linked.add(link.peer()));
        return linked.size();
    }

    private List<String> refusals() {
        return plane.uplinks()
                .all()
                .stream()
                .filter(uplink -> uplink.link().isEmpty() && !uplink.trouble().isEmpty())
                .map(uplink -> uplink.address() + ": " + uplink.trouble())
                .toList();
    }

    private Map<NodeId, Way.Path> paths(List<Standing> standings) {
        var paths = new HashMap<NodeId, Way.Path>();
        plane.uplinks().up().forEach(link -> paths.put(link.peer(), Way.Path.DIRECT));
        plane.mesh()
                .ifPresent(mesh -> standings.forEach(each -> mesh.mesh()
                        .path(each.place())
                        .ifPresent(path -> paths.put(each.place(), path))));
        return paths;
    }

    private CompletionStage<Set<NodeId>> recorded(Matter matter) {
        if (plane.mesh().isEmpty()) {
            return CompletableFuture.completedStage(Set.of());
        }
        var discovery = plane.mesh().get().discovery();
        var keys = switch (matter.kind()) {
            case TOPIC -> TopicName.of(matter.name())
                    .map(new InterestKeys(realm)::keysFor)
                    .orElse(List.of());
            case SERVICE -> List.of(RealmKey.procedure(realm, matter.name()));
        };
        var found = keys.stream()
                .map(key -> discovery.providers(key)
                        .toCompletableFuture()
                        .copy()
                        .completeOnTimeout(List.of(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                .toList();
        return CompletableFuture.allOf(found.toArray(CompletableFuture[]::new))
                .thenApply(_ -> found.stream()
                        .flatMap(each -> each.join().stream())
                        .map(Provider::node)
                        .collect(Collectors.toSet()));
    }
}
