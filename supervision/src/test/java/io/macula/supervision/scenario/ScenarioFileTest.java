package io.macula.supervision.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.macula.supervision.Restart;
import io.macula.supervision.Shutdown;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioFileTest {

    private static List<Scenario> parse(String text) {
        return ScenarioFile.parse(text.lines().toList());
    }

    @Test
    void readsSectionsWithAndWithoutATrace() {
        var scenarios = parse("""
            == one
            sup one_for_one 1 5 never
            child a temporary brutal_kill
            go
            stop
            -- trace
            go ok
            sup_exit shutdown
            == two
            sup rest_for_one 0 60 any_significant
            go
            """);

        assertThat(scenarios).extracting(Scenario::name).containsExactly("one", "two");
        assertThat(scenarios.getFirst().expected()).containsExactly("go ok", "sup_exit shutdown");
        assertThat(scenarios.getFirst().stimuli()).containsExactly(new Stimulus.Go(),
                new Stimulus.Stop());
        assertThat(scenarios.getFirst().declaration().items())
                .containsExactly(new Declaration.Worker("a",
                        new Declaration.Rule(Restart.TEMPORARY, Shutdown.brutalKill(), false)));
        assertThat(scenarios.getLast().expected()).isEmpty();
    }

    @Test
    void readsAFileWithoutSectionsAsOneScenario() {
        assertThat(parse("# comment\n\nsup one_for_one 1 5 never\ngo")).hasSize(1);
    }

    @Test
    void readsNestedSupervisorsAndBursts() {
        var scenario = parse("""
            sup one_for_one 1 5 never
            tree n permanent infinity one_for_all 2 60 never
            child a permanent 50
            end
            go
            burst@n
            exit a error
            end
            """).getFirst();

        assertThat(scenario.declaration().items().getFirst())
                .isInstanceOf(Declaration.Nested.class);
        assertThat(scenario.stimuli().getLast()).isEqualTo(new Stimulus.Burst("n",
                List.of(new Stimulus.End("a", "error"))));
    }

    @Test
    void printsWhatItReads() {
        var scenario = ScenarioGenerator.scenario(7);

        var again = parse(ScenarioFile.print(scenario, List.of("go ok"))).getFirst();

        assertThat(again.lines()).isEqualTo(scenario.lines());
        assertThat(again.stimuli()).isEqualTo(scenario.stimuli());
        assertThat(again.expected()).containsExactly("go ok");
    }

    @ParameterizedTest
    @ValueSource(strings = {"go", "sup one_for_none 1 5 never", "sup one_for_one x 5 never",
        "sup one_for_one 1",
        "sup one_for_one -1 5 never", "sup one_for_one 1 5 never\nsup one_for_one 1 5 never",
        "sup one_for_one 1 5 never\ntree n permanent infinity one_for_one 1 5 never\ngo",
        "sup one_for_one 1 5 never\nend", "sup one_for_one 1 5 never\ngo\nexit a tired",
        "sup one_for_one 1 5 never\ngo\ndance",
        "sup one_for_one 1 5 never\ngo\nburst\nexit a error",
        "child a permanent 50", "== empty", "sup one_for_one 1 5 never\nchild a often 50"})
    void refusesWhatIsNotAScenarioAndNamesTheLine(String text) {
        assertThatExceptionOfType(ScenarioFormatException.class).isThrownBy(() -> parse(text))
                .withMessageStartingWith("line ");
    }

    @Test
    void refusesEndlessLinesAndDepth() {
        assertThatExceptionOfType(ScenarioFormatException.class)
                .isThrownBy(() -> parse("sup " + "x".repeat(2_000)));
        assertThatExceptionOfType(ScenarioFormatException.class)
                .isThrownBy(() -> parse("sup one_for_one 1 5 never\n"
                        + "tree n permanent infinity one_for_one 1 5 never\n".repeat(20)));
    }

    @Test
    void throwsNothingElseWhateverItIsGiven() {
        var random = new Random(11);
        var words = List.of("sup", "child", "tree", "end", "go", "exit", "burst", "burst@",
                "one_for_one", "dynamic",
                "1", "-7", "99999999999", "never", "a", "permanent", "50", "== x", "-- trace", "@",
                "wait");

        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            for (int word = random.nextInt(30); word > 0; word--) {
                text.append(words.get(random.nextInt(words.size())))
                        .append(random.nextInt(3) == 0 ? "\n" : " ");
            }
            try {
                assertThat(parse(text.toString())).isNotNull();
            } catch (ScenarioFormatException expected) {
                assertThat(expected).hasMessageStartingWith("line ");
            }
        }
    }

    @Test
    void namesTheFirstLineThatDiffers() {
        var scenario = parse(
                "== x\nsup one_for_one 1 5 never\ngo\nstop\n-- trace\ngo ok\nsup_exit killed")
                .getFirst();

        var outcome = new Outcome(scenario, List.of("go ok", "sup_exit shutdown"), List.of());

        assertThat(outcome.firstDifference())
                .contains(new Outcome.Difference(2, "sup_exit killed", "sup_exit shutdown"));
        assertThat(new Outcome(scenario, List.of("go ok"), List.of()).firstDifference())
                .contains(new Outcome.Difference(2, "sup_exit killed", "(end)"));
        assertThat(new Outcome(scenario, scenario.expected(), List.of("stack")).isEqual())
                .isFalse();
    }

    @Test
    void ordersABurstOnlyChildByChild() {
        var scenario = parse("""
            sup one_for_one 1 5 never
            go
            burst
            exit a error
            end
            -- trace
            exit a#1 error
            exit b#1 error
            start a#2
            state [] specs=0 active=0
            """).getFirst();

        assertThat(new Outcome(scenario, List.of("exit b#1 error", "exit a#1 error", "start a#2",
                "state [] specs=0 active=0"), List.of()).isEqual()).isTrue();
        assertThat(new Outcome(scenario, List.of("exit b#1 error", "start a#2", "exit a#1 error",
                "state [] specs=0 active=0"), List.of()).isEqual()).isFalse();
    }

    @Test
    void shrinksToWhatIsNeeded() throws InterruptedException {
        var scenario = ScenarioGenerator.scenario(3);

        var small = Shrinker.shrink(scenario, candidate -> candidate.lines().contains("go")
                && candidate.lines().contains("stop"));

        assertThat(small.lines()).hasSize(3)
                .contains("go", "stop")
                .first()
                .asString()
                .startsWith("sup ");
    }

    @Test
    void theSameSeedGivesTheSameScenario() {
        assertThat(ScenarioGenerator.scenario(5).lines())
                .isEqualTo(ScenarioGenerator.scenario(5).lines())
                .isNotEqualTo(ScenarioGenerator.scenario(6).lines());
    }

    @Test
    void aScenarioThatHangsIsReportedWithStacks() throws InterruptedException {
        var scenario = parse(
                "sup one_for_one 1 5 never\nchild a permanent infinity\nstuck a\ngo\nstop")
                .getFirst();

        try (var runner = new ScenarioRunner(java.time.Duration.ofSeconds(2))) {
            var outcome = runner.run(scenario);

            assertThat(outcome.overdue()).anyMatch(line -> line.contains("Puppet"));
            assertThat(outcome.isEqual()).isFalse();
            assertThat(outcome.trace()).contains("go ok", "start a#1");
        }
    }
}
