package io.macula.runtime.coordination;

import io.macula.actors.cluster.ClusterAddress;
import io.macula.actors.cluster.ClusterView;
import io.macula.coordination.raft.Electorate;
import io.macula.coordination.raft.VoterAddress;
import io.macula.dht.NodeId;
import io.macula.runtime.coordination.VoterPlan.Facts;
import io.macula.runtime.coordination.VoterPlan.Heard;
import io.macula.runtime.coordination.VoterPlan.Rules;
import io.macula.runtime.coordination.VoterPlan.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/// What the first of several members knows, made up: members have numbers from 0, which stand in their ids and
/// ports.
record Meeting(Map<Integer, ClusterView.Member> members, Map<NodeId, Heard> heard,
        Optional<Electorate> known, Standing standing, Duration now) {

    static final UUID GROUP = new UUID(7, 7);
    static final Duration REPLACE_AFTER = Duration.ofSeconds(30);

    /// Full members in reach, all of which have just said that they know no group.
    static Meeting of(int count) {
        var meeting = new Meeting(Map.of(), Map.of(), Optional.empty(),
                new Standing.Idle(false, false), Duration.ofSeconds(100));
        for (int number = 0; number < count; number++) {
            meeting = meeting.with(number, "up", true);
            meeting = number == 0
                    ? meeting
                    : meeting.saying(number, word(number, false, Optional.empty()));
        }
        return meeting;
    }

    static NodeId node(int number) {
        return NodeId.parse("%040x".formatted(number + 1)).orElseThrow();
    }

    static VoterAddress voter(int number) {
        return new VoterAddress(node(number).hex() + "-aa", "127.0.0.1", 7_000 + number);
    }

    static List<VoterAddress> voters(int... numbers) {
        return IntStream.of(numbers).mapToObj(Meeting::voter).toList();
    }

    static Electorate electorate(long revision, int... numbers) {
        return new Electorate(GROUP, revision, voters(numbers));
    }

    static Word word(int number, boolean isServing, Optional<Electorate> electorate,
            String... wanted) {
        return new Word(voter(number), isServing, electorate, Set.of(wanted));
    }

    static ClusterAddress address(int number) {
        return new ClusterAddress("127.0.0.1", 6_000 + number);
    }

    static Rules rules(int votersMax, int... seeds) {
        return new Rules(IntStream.of(seeds).mapToObj(Meeting::address).toList(), votersMax,
                REPLACE_AFTER);
    }

    Meeting with(int number, String status, boolean isReachable) {
        var next = new HashMap<>(members);
        next.put(number, new ClusterView.Member(node(number), address(number), status,
                isReachable, number == 0, Set.of()));
        return new Meeting(next, heard, known, standing, now);
    }

    Meeting without(int number) {
        var next = new HashMap<>(members);
        next.remove(number);
        var left = new HashMap<>(heard);
        left.remove(node(number));
        return new Meeting(next, left, known, standing, now);
    }

    Meeting saying(int number, Word word) {
        var next = new HashMap<>(heard);
        next.put(node(number), new Heard(word, now));
        return new Meeting(members, next, known, standing, now);
    }

    Meeting knowing(Electorate electorate) {
        return new Meeting(members, heard, Optional.of(electorate), standing, now);
    }

    Meeting standing(Standing next) {
        return new Meeting(members, heard, known, next, now);
    }

    /// The first member leads, and these vote.
    Meeting leading(Electorate electorate) {
        return knowing(electorate)
                .standing(new Standing.Runs(true, true, Optional.of(electorate)));
    }

    /// Time goes by; everybody who is still there says the same again.
    Meeting after(Duration time) {
        var later = now.plus(time);
        var again = new HashMap<NodeId, Heard>();
        heard.forEach((node, said) -> again.put(node, new Heard(said.word(), later)));
        return new Meeting(members, again, known, standing, later);
    }

    /// Time goes by, and nobody says a word.
    Meeting afterSilence(Duration time) {
        return new Meeting(members, heard, known, standing, now.plus(time));
    }

    Facts facts() {
        var all = new ArrayList<>(members.values());
        all.sort((one, other) -> one.address().compareTo(other.address()));
        var view = new ClusterView("test",
                members.containsKey(0) ? ClusterView.State.UP : ClusterView.State.SEEKING, 1, 0,
                null, all, "");
        return new Facts(voter(0), known, standing, view, heard, now);
    }
}
