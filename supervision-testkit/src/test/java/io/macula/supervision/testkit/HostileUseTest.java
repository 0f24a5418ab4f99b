package io.macula.supervision.testkit;

import static io.macula.supervision.testkit.When.nth;
import static io.macula.supervision.testkit.Workshop.PARSER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.macula.supervision.Key;
import io.macula.supervision.Supervisor;
import io.macula.supervision.TreePath;
import java.time.Duration;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whoever uses a lab in a way it is not made for is told so in one clear sentence.
class HostileUseTest {

    private final Workshop workshop = new Workshop();

    @Test
    void anUnknownKeyIsAnsweredWithTheKnownOnes(@Supervised Lab lab) {
        lab.start(workshop.spec());

        assertThatIllegalArgumentException().isThrownBy(() -> lab.at(Key.of("parsr")))
                .withMessage("nothing is called 'parsr' here; there are "
                        + "lab, connection, parser, writer");
        assertThatIllegalArgumentException().isThrownBy(() -> lab.kill("workers/parser"))
                .withMessageContaining("nothing is called 'workers/parser' here");
        assertThatIllegalArgumentException().isThrownBy(() -> lab.at(""));
        assertThatIllegalArgumentException().isThrownBy(() -> lab.restarted(Key.of("nobody")));
    }

    @Test
    void anUnknownKeyPlannedBeforeTheStartIsToldAtTheStart(@Supervised Lab lab) {
        lab.at("parsr").crashOn(nth(1));

        assertThatIllegalArgumentException().isThrownBy(() -> lab.start(workshop.spec()))
                .withMessageContaining("nothing is called 'parsr' here");
        assertThat(lab.trees()).isEmpty();
    }

    @Test
    void aNameThatFitsTwiceHasToBeSaidAsAPath(@Supervised Lab lab) {
        lab.start(Supervisor.oneForOne()
                .supervisor("left", Supervisor.oneForOne().child(PARSER, Behaviors.empty()))
                .supervisor("right", Supervisor.oneForOne().child(PARSER, Behaviors.empty())));

        assertThatIllegalArgumentException().isThrownBy(() -> lab.at(PARSER))
                .withMessage("'parser' may be any of left/parser, right/parser: "
                        + "say which by its path");
        lab.at(TreePath.parse("lab/left/parser")).crashOn(nth(1));
        lab.kill("right/parser");

        lab.restarted("right/parser").untouched("left/parser");
    }

    @Test
    void aSupervisorMeetsNoFaultsOfChildren(@Supervised Lab lab) {
        lab.start(Supervisor.oneForOne()
                .supervisor("workers", Supervisor.oneForOne().child(PARSER, Behaviors.empty())));

        assertThatIllegalArgumentException().isThrownBy(() -> lab.at("workers"))
                .withMessage("'workers' is a supervisor; faults are planned for its children, "
                        + "and it can be killed");
        assertThatIllegalArgumentException().isThrownBy(() -> lab.killSubtree("parser"))
                .withMessage("'parser' is no supervisor; kill it");
    }

    @Test
    void whatDoesNotRunCannotBeKilledOrHang(@Supervised Lab lab) {
        lab.at(PARSER).drop(nth(1));
        assertThatIllegalStateException().isThrownBy(() -> lab.at(PARSER).hang())
                .withMessage("'parser' does not run: no tree is started");
        lab.start(workshop.spec());
        lab.stop();

        assertThatIllegalStateException().isThrownBy(() -> lab.kill(PARSER))
                .withMessage("'parser' does not run");
        assertThatIllegalStateException().isThrownBy(() -> lab.crash(PARSER, new Error()))
                .withMessage("'parser' does not run");
        assertThatIllegalStateException().isThrownBy(() -> lab.at(PARSER).hang())
                .withMessage("'parser' does not run");
    }

    @Test
    void withFollowsACrash(@Supervised Lab lab) {
        lab.start(workshop.spec());

        assertThatIllegalStateException()
                .isThrownBy(() -> lab.at(PARSER).drop(nth(1)).with(new Error()))
                .withMessage("with(...) follows a crash, and none is planned at 'parser'");
        assertThatIllegalStateException().isThrownBy(() -> lab.at("writer").with(new Error()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lab.at(PARSER).delay(Duration.ofMillis(-1)))
                .withMessage("a delay is not negative: PT-0.001S");
    }

    interface Use {
        void of(Lab lab);
    }

    static Stream<Use> uses() {
        return Stream.of(lab -> lab.start(new Workshop().spec()), lab -> lab.at(PARSER),
                lab -> lab.kill(PARSER), lab -> lab.crash("parser"), Lab::heal, Lab::settle,
                Lab::stop, lab -> lab.timePasses(Duration.ofSeconds(1)), lab -> lab.expectTrace(""),
                Lab::expectWhole, lab -> lab.restarted(PARSER), Lab::mark, Lab::probe,
                lab -> lab.begin(new Workshop().spec()), lab -> lab.killSubtree("lab"));
    }

    @ParameterizedTest
    @MethodSource("uses")
    void aClosedLabSaysSo(Use use) {
        var lab = Lab.withManualTime(1);
        var tree = lab.start(workshop.spec());
        var place = lab.at(PARSER).hold();
        tree.get(PARSER).tell("held");
        lab.close();
        lab.close();

        assertThatIllegalStateException().isThrownBy(() -> use.of(lab))
                .withMessage("this lab is closed");
        assertThatIllegalStateException().isThrownBy(() -> place.crashOn(nth(1)))
                .withMessage("this lab is closed");
        assertThatIllegalStateException().isThrownBy(place::release)
                .withMessage("this lab is closed");
    }

    @Test
    void timeIsNotMovedWhereItPassesByItself(
            @Supervised(inRealTime = true) Lab lab) {
        assertThatIllegalStateException().isThrownBy(() -> lab.timePasses(Duration.ofSeconds(1)))
                .withMessage("time passes by itself here; only Lab.withManualTime lets a test "
                        + "move it");
    }
}
