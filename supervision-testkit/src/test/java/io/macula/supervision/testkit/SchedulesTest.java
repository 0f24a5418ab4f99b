package io.macula.supervision.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SchedulesTest {

    private static final List<Act.Kind> KINDS = Arrays.asList(Act.Kind.values());
    private static final List<String> WORKERS = List.of("a", "sub/b");
    private static final List<String> SUPERVISORS = List.of("sub");

    private static List<Act> schedule(long seed) {
        return new Schedules(seed, KINDS, WORKERS, SUPERVISORS).next(20);
    }

    static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theSameSeedGivesTheSameScheduleWithinItsBound(long seed) {
        assertThat(schedule(seed)).isEqualTo(schedule(seed)).hasSizeBetween(1, 20);
    }

    @ParameterizedTest
    @EnumSource(Act.Kind.class)
    void everyKindOfActIsDrawnAndPrintsAsCode(Act.Kind kind) {
        var acts = new Schedules(1, List.of(kind), WORKERS, SUPERVISORS).next(20);

        assertThat(acts).isNotEmpty()
                .allSatisfy(act -> assertThat(act.code()).endsWith(";").contains("("));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shrinkingFindsTheTwoActsThatMatter(long seed) {
        var first = new Act.At(Act.Kind.KILL, "a", 3);
        var second = new Act.At(Act.Kind.CRASH_IN_START, "sub/b", 3);
        var all = new ArrayList<>(schedule(seed));
        all.addFirst(first);
        all.addLast(second);

        var shrunk = Schedules.shrink(all, acts -> has(acts, Act.Kind.KILL, "a")
                && has(acts, Act.Kind.CRASH_IN_START, "sub/b"));

        assertThat(shrunk).hasSize(2)
                .extracting(Act::code)
                .containsExactlyInAnyOrder("lab.kill(\"a\");",
                        "lab.at(\"sub/b\").crashInStart(times(1));");
    }

    private static boolean has(List<Act> acts, Act.Kind kind, String place) {
        return acts.stream()
                .anyMatch(act -> act instanceof Act.At(var is, var at, _) && is == kind
                        && at.equals(place));
    }

    @Test
    void whatCannotBeShortenedStaysAsItIs() {
        var acts = List.<Act>of(new Act.Messages(), new Act.TimePasses(1));

        assertThat(Schedules.shrink(acts, fewer -> fewer.equals(acts))).isEqualTo(acts);
        assertThat(Schedules.shrink(List.of(), _ -> true)).isEmpty();
    }

    @Test
    void pausesBecomeShorter() {
        var acts = List.<Act>of(new Act.TimePasses(61_000));

        assertThat(Schedules.shrink(acts,
                fewer -> fewer.stream()
                        .anyMatch(act -> act instanceof Act.TimePasses(var millis)
                                && millis >= 1_000)))
                .containsExactly(new Act.TimePasses(1_000));
    }
}
