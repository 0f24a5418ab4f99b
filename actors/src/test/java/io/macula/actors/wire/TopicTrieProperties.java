package io.macula.actors.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Few segment names and many wildcards, so that most patterns match most topics half way.
class TopicTrieProperties {

    private record Subscription(TopicPattern pattern, int subscriber) {}

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void findsExactlyTheSubscribersWithAMatchingPattern(long seed) {
        var random = new Random(seed);
        var trie = new TopicTrie<Integer>();
        var all = new HashSet<Subscription>();

        for (var round = 0; round < 200; round++) {
            change(random, trie, all);
            var topic = anyTopic(random);
            var found = new ArrayList<Integer>();
            trie.match(topic, found::add);

            assertThat(found).as("%s of %s", topic, all)
                    .containsExactlyInAnyOrderElementsOf(expected(all, topic));
        }
        assertThat(trie.size()).isEqualTo(all.size());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aPatternMatchesAsTheRuleReadWordByWord(long seed) {
        var random = new Random(seed);

        for (var round = 0; round < 200; round++) {
            var pattern = anyPattern(random);
            var topic = anyTopic(random);

            assertThat(pattern.matches(topic)).as("%s on %s", pattern, topic)
                    .isEqualTo(byTheRule(pattern.segments(), topic.segments()));
        }
    }

    private static void change(Random random, TopicTrie<Integer> trie, Set<Subscription> all) {
        if (random.nextInt(3) > 0 || all.isEmpty()) {
            var added = new Subscription(anyPattern(random), random.nextInt(5));
            assertThat(trie.add(added.pattern(), added.subscriber())).isEqualTo(all.add(added));
        } else {
            var removed = List.copyOf(all).get(random.nextInt(all.size()));
            assertThat(trie.remove(removed.pattern(), removed.subscriber())).isTrue();
            all.remove(removed);
        }
    }

    private static Set<Integer> expected(Set<Subscription> all, TopicName topic) {
        var expected = new HashSet<Integer>();
        all.stream()
                .filter(s -> byTheRule(s.pattern().segments(), topic.segments()))
                .forEach(s -> expected.add(s.subscriber()));
        return expected;
    }

    private static boolean byTheRule(List<String> pattern, List<String> topic) {
        if (pattern.isEmpty()) {
            return topic.isEmpty();
        }
        var rest = pattern.subList(1, pattern.size());
        if (pattern.getFirst().equals("**")) {
            return byTheRule(rest, topic)
                    || !topic.isEmpty() && byTheRule(pattern, topic.subList(1, topic.size()));
        }
        return !topic.isEmpty()
                && (pattern.getFirst().equals("*") || pattern.getFirst().equals(topic.getFirst()))
                && byTheRule(rest, topic.subList(1, topic.size()));
    }

    private static TopicPattern anyPattern(Random random) {
        return TopicPattern.of(anyOf(random, List.of("a", "b", "*", "**", "**"))).orElseThrow();
    }

    private static TopicName anyTopic(Random random) {
        return TopicName.of(anyOf(random, List.of("a", "b", "c"))).orElseThrow();
    }

    private static String anyOf(Random random, List<String> segments) {
        var text = segments.get(random.nextInt(segments.size()));
        for (var i = random.nextInt(5); i > 0; i--) {
            text += "." + segments.get(random.nextInt(segments.size()));
        }
        return text;
    }
}
