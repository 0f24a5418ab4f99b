package io.macula.runtime.coordination;

import static io.macula.runtime.coordination.Meeting.electorate;
import static io.macula.runtime.coordination.Meeting.rules;
import static io.macula.runtime.coordination.Meeting.word;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.coordination.raft.Electorate;
import io.macula.coordination.raft.VoterAddress;
import io.macula.runtime.coordination.VoterPlan.Effect;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for the voters whatever the members do: they come, go, fall silent, forget their ids and come
/// back, in random order, while every change that is wanted is made, half made, or not made.
class SuccessionProperties {

    private static final int MEMBERS = 8;
    private static final int STEPS = 120;

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theVotersNeverShrinkAndAMajorityOfThemStays(long seed) {
        var random = new Random(seed);
        int votersMax = List.of(1, 3, 5).get(random.nextInt(3));
        var rules = rules(votersMax, 0);
        var voters = electorate(1, 0);
        var meeting = Meeting.of(1).leading(voters);
        var plan = VoterPlan.NONE;
        for (int step = 0; step < STEPS; step++) {
            meeting = somethingHappens(meeting, random)
                    .after(Duration.ofSeconds(random.nextInt(12)));
            var next = plan.look(meeting.facts(), rules);
            plan = next.next();
            for (var effect : next.effects()) {
                if (effect instanceof Effect.Change(var target)) {
                    check(meeting, voters, target.voters(), votersMax);
                    voters = changed(voters, target.voters(), random);
                    meeting = meeting.leading(voters);
                }
            }
        }
    }

    private static void check(Meeting meeting, Electorate before, List<VoterAddress> after,
            int votersMax) {
        int was = before.voters().size();
        assertThat(after.size()).isGreaterThanOrEqualTo(was % 2 == 0 ? was - 1 : was)
                .isLessThanOrEqualTo(Math.max(votersMax, was));
        assertThat(after.size() % 2).isOne();
        assertThat(ids(after)).contains(Meeting.voter(0).id());
        var kept = new HashSet<>(ids(before.voters()));
        kept.retainAll(ids(after));
        assertThat(kept.size()).as("of those who voted").isGreaterThan((was - 1) / 2);
        var there = Attendance.of(meeting.facts());
        assertThat(after.stream().filter(each -> !before.has(each.id())))
                .as("newcomers")
                .allMatch(each -> there.there().contains(each) && there.isServing(each.id()));
    }

    private static Set<String> ids(List<VoterAddress> voters) {
        return voters.stream().map(VoterAddress::id).collect(Collectors.toSet());
    }

    /// The change is made, or stops with one newcomer taken in, or is not made.
    private static Electorate changed(Electorate before, List<VoterAddress> target,
            Random random) {
        var newcomers = target.stream().filter(each -> !before.has(each.id())).toList();
        return switch (random.nextInt(3)) {
            case 0 -> before;
            case 1 -> newcomers.isEmpty()
                    ? before
                    : new Electorate(before.group(), before.revision() + 1,
                            Stream
                                    .concat(before.voters().stream(),
                                            newcomers.stream().limit(1))
                                    .toList());
            default -> new Electorate(before.group(), before.revision() + 2, target);
        };
    }

    private static Meeting somethingHappens(Meeting meeting, Random random) {
        int who = 1 + random.nextInt(MEMBERS - 1);
        return switch (random.nextInt(6)) {
            case 0 -> meeting.without(who);
            case 1 -> meeting.with(who, "up", false);
            case 2 -> meeting.with(who, "leaving", true);
            case 3 -> meeting.with(who, "up", true)
                    .saying(who, word(who, random.nextBoolean(), Optional.empty()));
            case 4 -> meeting.with(who, "up", true).saying(who, renamed(who, random));
            default -> meeting.with(who, "up", true)
                    .saying(who, word(who, true, Optional.empty()));
        };
    }

    private static Word renamed(int who, Random random) {
        var id = Meeting.node(who).hex() + "-" + random.nextInt(100);
        return new Word(new VoterAddress(id, "127.0.0.1", 7_000 + who), true, Optional.empty(),
                Set.of());
    }
}
