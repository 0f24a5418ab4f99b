package io.macula.dht.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.dht.Contact;
import io.macula.dht.Contacts;
import io.macula.dht.NodeId;
import io.macula.dht.lookup.LookupResult.Outcome;
import io.macula.dht.record.Bytes;
import io.macula.dht.record.SignedRecord;
import io.macula.dht.record.SignedRecord.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LookupTest {

    private static final NodeId SELF = NodeId.hashOf(new byte[]{1});
    private static final NodeId TARGET = NodeId.hashOf(new byte[]{2});
    private static final LookupLimits THREE_AT_ONCE = new LookupLimits(20, 3, 1);

    private final List<Contact> network = Contacts.byDistance(TARGET, Contacts.many(200, 7));

    @Test
    void isDoneAtOnceWhenNobodyIsKnown() {
        var lookup = nodes(THREE_AT_ONCE, List.of());

        assertThat(lookup.next()).isEmpty();
        assertThat(lookup.isDone()).isTrue();
        assertThat(lookup.result(5).closest()).isEmpty();
    }

    @Test
    void asksTheNearestThreeFirstAndThenWaits() {
        var lookup = nodes(THREE_AT_ONCE, network.subList(100, 120));

        assertThat(List.of(lookup.next().orElseThrow(), lookup.next().orElseThrow(),
                lookup.next().orElseThrow()))
                .isEqualTo(network.subList(100, 103));
        assertThat(lookup.next()).isEmpty();
        assertThat(lookup.isDone()).isFalse();
    }

    @Test
    void freesTheSlotOfASlowContactButStillTakesItsAnswer() {
        var lookup = nodes(THREE_AT_ONCE, network.subList(100, 120));
        var slow = lookup.next().orElseThrow();
        lookup.next();
        lookup.next();

        lookup.slow(slow.id());
        assertThat(lookup.next()).contains(network.get(103));

        lookup.answered(slow.id(), network.subList(0, 5), 0);
        assertThat(lookup.result(0).visited()).anySatisfy(visit -> {
            assertThat(visit.contact()).isEqualTo(slow);
            assertThat(visit.outcome()).isEqualTo(Outcome.ANSWERED);
        });
        lookup.answered(network.get(101).id(), List.of(), 0);
        assertThat(lookup.next()).contains(network.get(0));
    }

    @Test
    void waitsForASlowContactBeforeItEnds() {
        var lookup = nodes(THREE_AT_ONCE, network.subList(0, 1));
        var only = lookup.next().orElseThrow();

        lookup.slow(only.id());
        assertThat(lookup.isDone()).isFalse();

        lookup.failed(only.id());
        assertThat(lookup.isDone()).isTrue();
    }

    @Test
    void endsWithTheTrulyNearestTwentyWhenEverybodyAnswersFromTheirOwnView() {
        var lookup = nodes(THREE_AT_ONCE, network.subList(150, 170));

        run(lookup, this::knownTo);

        assertThat(lookup.result(9).closest()).isEqualTo(network.subList(0, 20));
        assertThat(lookup.result(9).elapsedMillis()).isEqualTo(9);
        assertThat(lookup.result(9).hops()).isGreaterThan(1);
    }

    @Test
    void replacesFailedContactsByTheNextNearest() {
        var lookup = nodes(THREE_AT_ONCE, network.subList(0, 40));
        var failing = network.subList(0, 10);

        for (var next = lookup.next(); next.isPresent() || !lookup.isDone(); next = lookup.next()) {
            var contact = next.orElseThrow();
            if (failing.contains(contact)) {
                lookup.failed(contact.id());
            } else {
                lookup.answered(contact.id(), List.of(), 0);
            }
        }

        assertThat(lookup.result(0).closest()).isEqualTo(network.subList(10, 30));
    }

    @Test
    void readsNoMoreThanTwentyContactsOfOneAnswer() {
        var lookup = nodes(THREE_AT_ONCE, network.subList(199, 200));

        lookup.answered(lookup.next().orElseThrow().id(), network.subList(50, 150), 0);
        run(lookup, _ -> List.of());

        assertThat(lookup.result(0).visited()).hasSize(21);
    }

    @Test
    void ignoresAnswersNobodyAskedForAndTheSecondAnswerOfOneContact() {
        var lookup = nodes(THREE_AT_ONCE, network.subList(100, 120));
        var asked = lookup.next().orElseThrow();

        lookup.answered(network.get(119).id(), network.subList(0, 20), 0);
        lookup.answered(asked.id(), List.of(), 0);
        lookup.answered(asked.id(), network.subList(0, 20), 0);

        assertThat(lookup.next()).contains(network.get(101));
    }

    @Test
    void remembersTheTokenOfEachNodeThatAnswered() {
        var lookup = nodes(THREE_AT_ONCE, network.subList(100, 120));
        var asked = lookup.next().orElseThrow();
        var silent = lookup.next().orElseThrow();

        lookup.answered(asked.id(), network.subList(0, 20), 77);

        assertThat(lookup.tokenOf(asked.id())).isEqualTo(77);
        assertThat(lookup.tokenOf(silent.id())).isZero();
        assertThat(lookup.tokenOf(network.get(150).id())).isZero();
    }

    @Test
    void neverAsksItselfAndNobodyTwice() {
        var self = Contacts.at(SELF, "10.0.0.1");
        var lookup = nodes(THREE_AT_ONCE, List.of(network.get(100), self, network.get(100)));
        var asked = new ArrayList<Contact>();

        for (var next = lookup.next(); next.isPresent(); next = lookup.next()) {
            asked.add(next.get());
            lookup.answered(next.get().id(), List.of(self, network.get(100), network.get(5)), 0);
        }

        assertThat(asked).containsExactly(network.get(100), network.get(5));
    }

    @Test
    void isNotDrownedByAFloodOfInventedContacts() {
        var lookup = nodes(THREE_AT_ONCE, network.subList(0, 60));
        var invented = 0;

        for (var next = lookup.next(); next.isPresent() || !lookup.isDone(); next = lookup.next()) {
            var contact = next.orElseThrow();
            if (network.contains(contact)) {
                lookup.answered(contact.id(),
                        invented < 100 ? Contacts.sharing(TARGET, 40, 20, invented++) : List.of(),
                        0);
            } else {
                lookup.failed(contact.id());
            }
        }

        assertThat(lookup.result(0).visited()).hasSizeLessThanOrEqualTo(Path.CAPACITY);
        assertThat(lookup.result(0).closest()).isNotEmpty().isSubsetOf(network);
    }

    @Test
    void endsWithTheFirstValueOnOnePath() {
        var lookup = lookup(Goal.VALUE, THREE_AT_ONCE, network.subList(100, 120));
        var empty = lookup.next().orElseThrow();
        var holder = lookup.next().orElseThrow();
        lookup.answered(empty.id(), List.of(), 0);

        lookup.found(holder.id(), List.of(value(3)), List.of());

        assertThat(lookup.isDone()).isTrue();
        assertThat(lookup.next()).isEmpty();
        assertThat(lookup.result(0).records()).containsExactly(value(3));
        assertThat(lookup.result(0).hops()).isEqualTo(1);
        assertThat(lookup.nearestWithoutValue()).contains(empty);
    }

    @Test
    void neverAsksOneNodeOnTwoPaths() {
        var lookup = lookup(Goal.NODES, new LookupLimits(20, 3, 3), network.subList(150, 170));
        var times = new HashMap<NodeId, Integer>();

        run(lookup, contact -> {
            times.merge(contact.id(), 1, Integer::sum);
            return knownTo(contact);
        });

        assertThat(times.values()).containsOnly(1);
        assertThat(lookup.result(0).visited()).extracting(LookupResult.Visit::path)
                .contains(0, 1, 2);
        assertThat(lookup.result(0).closest()).startsWith(network.get(0), network.get(1),
                network.get(2));
    }

    @Test
    void stopsAskingTheContactsOfOneWhoInventedThem() {
        var lookup = nodes(new LookupLimits(20, 1, 2), network.subList(100, 102));
        var liar = lookup.next().orElseThrow();
        lookup.answered(lookup.next().orElseThrow().id(), List.of(), 0);

        lookup.answered(liar.id(), Contacts.sharing(TARGET, 40, 20, 1), 0);
        for (var next = lookup.next(); next.isPresent(); next = lookup.next()) {
            lookup.failed(next.get().id());
        }

        assertThat(lookup.isDone()).isTrue();
        assertThat(lookup.result(0).visited())
                .filteredOn(visit -> visit.outcome() == Outcome.FAILED)
                .hasSize(3);
    }

    @Test
    void goesOnBeyondTwentyAccomplicesWhoNameEachOther() {
        var lookup = nodes(new LookupLimits(20, 1, 2), network.subList(100, 104));
        var accomplices = network.subList(0, 20);

        run(lookup, contact -> contact.equals(network.get(100)) || accomplices.contains(contact)
                ? accomplices
                : List.of());

        assertThat(lookup.result(0).visited()).extracting(LookupResult.Visit::contact)
                .containsAll(network.subList(100, 104));
    }

    @Test
    void waitsUntilMostPathsBringAValueAndTakesTheNewest() {
        var lookup = lookup(Goal.VALUE, new LookupLimits(20, 1, 3), network.subList(0, 3));
        var first = lookup.next().orElseThrow();
        var second = lookup.next().orElseThrow();

        lookup.found(first.id(), List.of(value(1)), List.of());
        assertThat(lookup.isDone()).isFalse();

        lookup.found(second.id(), List.of(value(2)), List.of());
        assertThat(lookup.isDone()).isTrue();
        assertThat(lookup.result(0).records()).containsExactly(value(2));
    }

    @Test
    void gathersProvidersFromThreeNodesAndTheOwnStore() {
        var lookup = lookup(Goal.PROVIDERS, THREE_AT_ONCE, network.subList(0, 10));
        lookup.know(List.of(provider(1, 1)));

        lookup.found(lookup.next().orElseThrow().id(), List.of(provider(2, 1)), List.of());
        lookup.found(lookup.next().orElseThrow().id(), List.of(provider(2, 2), provider(3, 1)),
                List.of());
        assertThat(lookup.isDone()).isFalse();
        lookup.found(lookup.next().orElseThrow().id(), List.of(withdrawal(3, 2)), List.of());

        assertThat(lookup.isDone()).isTrue();
        assertThat(lookup.result(0).records()).containsExactly(provider(1, 1), provider(2, 2));
    }

    /// Twenty contacts of the bucket the target falls in, as seen by `asked`: the farther ones, so
    /// that the way is long; all around the target for who is near.
    private List<Contact> knownTo(Contact asked) {
        var shared = asked.id().commonPrefixBits(TARGET);
        var nearer = network.stream()
                .filter(other -> other.id().commonPrefixBits(TARGET) > shared)
                .toList();
        return nearer.size() > 20
                ? nearer.subList(nearer.size() - 20, nearer.size())
                : network.subList(0, 20);
    }

    private interface Answer {
        List<Contact> of(Contact asked);
    }

    private static void run(Lookup lookup, Answer answer) {
        for (Optional<Contact> next = lookup.next(); next.isPresent(); next = lookup.next()) {
            lookup.sent();
            lookup.answered(next.get().id(), answer.of(next.get()), 0);
        }
        assertThat(lookup.isDone()).isTrue();
    }

    private static Lookup nodes(LookupLimits limits, List<Contact> start) {
        return lookup(Goal.NODES, limits, start);
    }

    private static Lookup lookup(Goal goal, LookupLimits limits, List<Contact> start) {
        return new Lookup(SELF, TARGET, goal, limits, start, 0);
    }

    private static SignedRecord value(long sequence) {
        return new SignedRecord(Kind.VALUE, TARGET, SELF, Bytes.EMPTY, sequence, 1000,
                Bytes.of((byte) 1), Bytes.EMPTY);
    }

    private static SignedRecord provider(int publisher, long sequence) {
        return new SignedRecord(Kind.PROVIDER, TARGET, NodeId.hashOf(new byte[]{(byte) publisher}),
                Bytes.EMPTY,
                sequence, 1000, Bytes.of((byte) 1), Bytes.EMPTY);
    }

    private static SignedRecord withdrawal(int publisher, long sequence) {
        return new SignedRecord(Kind.PROVIDER, TARGET, NodeId.hashOf(new byte[]{(byte) publisher}),
                Bytes.EMPTY,
                sequence, 1000, Bytes.EMPTY, Bytes.EMPTY);
    }
}
