package io.macula.runtime.why;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.mesh.Way;
import io.macula.dht.NodeId;
import io.macula.runtime.why.Step.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WalkTest {

    private static final NodeId SELF = NodeId.parse("1".repeat(40)).orElseThrow();
    private static final NodeId OTHER = NodeId.parse("2".repeat(40)).orElseThrow();
    private static final Matter TOPIC = new Matter(Matter.Kind.TOPIC, "sensor.temp");
    private static final Matter SERVICE = new Matter(Matter.Kind.SERVICE, "add");

    private static Standing on(NodeId node, String trouble) {
        return new Standing(node, "sensor.*", true, Optional.of(Duration.ofSeconds(3)), trouble);
    }

    private static Facts facts(List<Standing> standings, Set<NodeId> recorded,
            Map<NodeId, Way.Path> paths) {
        return new Facts(SELF, "home", 1, true, List.of(), 1, standings, List.of(), true,
                recorded, paths);
    }

    private static Step last(List<Step> steps) {
        return steps.getLast();
    }

    private static List<Verdict> verdicts(List<Step> steps) {
        return steps.stream().map(Step::verdict).toList();
    }

    @Test
    void allIsWellWhenAnotherNodeSubscribesIsRecordedAndReached() {
        var steps = Walk.of(TOPIC, facts(List.of(on(OTHER, "")), Set.of(OTHER),
                Map.of(OTHER, Way.Path.DIRECT)));

        assertThat(steps).extracting(Step::name)
                .containsExactly("realm", "subscription", "record", "path", "delivery");
        assertThat(verdicts(steps)).containsOnly(Verdict.OK);
        assertThat(last(steps).found()).isEqualTo("the last one was 3 s ago");
    }

    @Test
    void whatIsOnThisNodeNeedsNeitherRecordNorPath() {
        var steps = Walk.of(TOPIC, facts(List.of(on(SELF, "")), Set.of(), Map.of()));

        assertThat(verdicts(steps)).containsExactly(Verdict.OK, Verdict.OK, Verdict.OPEN,
                Verdict.OPEN, Verdict.OK);
    }

    @Test
    void aNodeThatIsNotLetInFailsAtTheRealmAndGoesNoFurther() {
        var refused = new Facts(SELF, "home", 0, true,
                List.of("127.0.0.1:9443: realm_mismatch: the realm is 'work'"), 0, List.of(),
                List.of(), true, Set.of(), Map.of());

        var steps = Walk.of(TOPIC, refused);

        assertThat(verdicts(steps)).containsExactly(Verdict.FAILED, Verdict.FAILED);
        assertThat(steps.getFirst().found()).contains("realm_mismatch");
        assertThat(steps.getFirst().advice()).contains("same realm");
    }

    @Test
    void aNodeThatReachesNobodyIsToldToLookAtTheNetwork() {
        var alone = new Facts(SELF, "home", 0, true, List.of(), 0, List.of(), List.of(), true,
                Set.of(), Map.of());

        assertThat(Walk.of(TOPIC, alone).getFirst().advice()).contains("UDP");
    }

    @Test
    void aNodeThatWantsNobodyMayStandAlone() {
        var alone = new Facts(SELF, "home", 0, false, List.of(), 0, List.of(on(SELF, "")),
                List.of(), true, Set.of(), Map.of());

        assertThat(Walk.of(TOPIC, alone).getFirst().verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void nobodySubscribesAndANameIsNearlyTheSame() {
        var facts = new Facts(SELF, "home", 1, true, List.of(), 4, List.of(),
                List.of("Sensor.temp"), true, Set.of(), Map.of());

        var failed = last(Walk.of(TOPIC, facts));

        assertThat(failed.name()).isEqualTo("subscription");
        assertThat(failed.found()).contains("4 others").contains("subscribes to sensor.temp");
        assertThat(failed.advice()).contains("Sensor.temp").contains("Upper and lower case");
    }

    @Test
    void aServiceWhoseHealthCheckFailsIsNotOffered() {
        var unfit = new Standing(OTHER, "add", false, Optional.empty(), "its health check fails");

        var failed = last(Walk.of(SERVICE, facts(List.of(unfit), Set.of(), Map.of())));

        assertThat(failed).isEqualTo(Step.failed("offer", "its health check fails",
                "mend what its health check looks at on node 22222222; it is offered again by"
                        + " itself"));
    }

    @Test
    void whatTheDhtDoesNotNameFailsAtTheRecord() {
        var steps = Walk.of(TOPIC, facts(List.of(on(OTHER, "")), Set.of(),
                Map.of(OTHER, Way.Path.RELAYED)));

        assertThat(verdicts(steps)).containsExactly(Verdict.OK, Verdict.OK, Verdict.FAILED,
                Verdict.OK, Verdict.OK);
        assertThat(steps.get(2).found()).contains("22222222");
    }

    @Test
    void aNodeWithoutADhtLeavesTheRecordToItsGateway() {
        var hanging = new Facts(SELF, "home", 1, true, List.of(), 1, List.of(on(OTHER, "")),
                List.of(), false, Set.of(), Map.of(OTHER, Way.Path.DIRECT));

        assertThat(Walk.of(TOPIC, hanging).get(2).verdict()).isEqualTo(Verdict.OPEN);
    }

    @Test
    void aNodeThatCanAskItsGatewayOnlyDoesNotSayThatNobodyWantsIt() {
        var hanging = new Facts(SELF, "home", 1, true, List.of(), 1, List.of(), List.of(), false,
                Set.of(), Map.of());

        assertThat(verdicts(Walk.of(TOPIC, hanging))).containsExactly(Verdict.OK, Verdict.OPEN,
                Verdict.OPEN, Verdict.OPEN, Verdict.OPEN);
    }

    @Test
    void whatNoLinkLeadsToFailsAtThePath() {
        var steps = Walk.of(TOPIC,
                facts(List.of(on(OTHER, "")), Set.of(OTHER), Map.of()));

        assertThat(steps.get(3)).matches(step -> step.verdict() == Verdict.FAILED
                && step.name().equals("path") && step.found().contains("22222222"));
    }

    @Test
    void aSubscriberThatCannotKeepUpFailsAtTheDelivery() {
        var steps = Walk.of(TOPIC, facts(List.of(on(OTHER, "7 messages were lost")),
                Set.of(OTHER), Map.of(OTHER, Way.Path.DIRECT)));

        assertThat(last(steps).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(last(steps).found()).contains("7 messages were lost");
    }

    @Test
    void whatWasNeverUsedIsNoFailure() {
        var unused = new Standing(SELF, "add", true, Optional.empty(), "");

        var steps = Walk.of(SERVICE, facts(List.of(unused), Set.of(), Map.of()));

        assertThat(last(steps).verdict()).isEqualTo(Verdict.OPEN);
        assertThat(last(steps).advice()).contains("macula call add --trace");
    }
}
