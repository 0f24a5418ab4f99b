package io.macula.actors.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class TopicTrieTest {

    private final TopicTrie<String> trie = new TopicTrie<>();

    @Test
    void reportsASubscriberOnceHoweverManyOfItsPatternsMatch() {
        for (var pattern : List.of("a.b", "a.*", "*.b", "**", "a.**", "**.b", "a.**.b", "**.**")) {
            trie.add(pattern(pattern), "one");
        }
        trie.add(pattern("a.*"), "two");

        assertThat(matches("a.b")).containsExactlyInAnyOrder("one", "two");
        assertThat(matches("c")).containsExactly("one");
    }

    @Test
    void reportsEachMatchingPatternWhenAsked() {
        trie.add(pattern("a.*"), "one");
        trie.add(pattern("**"), "one");
        trie.add(pattern("b.*"), "one");
        trie.add(pattern("a.b"), "two");
        var found = new ArrayList<String>();

        trie.matchPatterns(topic("a.b"), (who, pattern) -> found.add(who + " " + pattern));

        assertThat(found).containsExactlyInAnyOrder("one a.*", "one **", "two a.b");
    }

    @Test
    void reportsNobodyWhenNothingMatches() {
        trie.add(pattern("a.b.c"), "one");
        trie.add(pattern("a.*.d"), "two");

        assertThat(matches("a.b")).isEmpty();
        assertThat(matches("a.b.c.d")).isEmpty();
        assertThat(matches("b")).isEmpty();
    }

    @Test
    void takesAPatternOfASubscriberOnce() {
        assertThat(trie.add(pattern("a.*"), "one")).isTrue();
        assertThat(trie.add(pattern("a.*"), "one")).isFalse();
        assertThat(trie.add(pattern("a.*"), "two")).isTrue();

        assertThat(trie.size()).isEqualTo(2);
    }

    @Test
    void forgetsWhatIsRemovedAndKeepsTheRest() {
        trie.add(pattern("a.**.c"), "one");
        trie.add(pattern("a.**.c"), "two");
        trie.add(pattern("a.**"), "one");

        assertThat(trie.remove(pattern("a.**.c"), "one")).isTrue();
        assertThat(trie.remove(pattern("a.**.c"), "one")).isFalse();
        assertThat(trie.remove(pattern("nobody.asked"), "one")).isFalse();
        assertThat(trie.remove(pattern("a.**"), "stranger")).isFalse();

        assertThat(matches("a.b.c")).containsExactlyInAnyOrder("one", "two");
        assertThat(matches("a.b")).containsExactly("one");
        assertThat(trie.patternsOf("one")).isEqualTo(Set.of(pattern("a.**")));
    }

    @Test
    void forgetsASubscriberWhole() {
        trie.add(pattern("a.*"), "one");
        trie.add(pattern("b.**"), "one");
        trie.add(pattern("a.*"), "two");

        assertThat(trie.removeAll("one")).isEqualTo(Set.of(pattern("a.*"), pattern("b.**")));

        assertThat(matches("a.x")).containsExactly("two");
        assertThat(trie.subscribers()).isEqualTo(1);
        assertThat(trie.removeAll("one")).isEmpty();
    }

    @Test
    void isEmptyAgainWhenAllIsRemoved() {
        var patterns = List.of("a.b.c", "a.*", "**", "a.**.*.d", "*.*.*");
        patterns.forEach(pattern -> trie.add(pattern(pattern), "one"));

        patterns.forEach(pattern -> trie.remove(pattern(pattern), "one"));

        assertThat(trie.isEmpty()).isTrue();
        assertThat(trie.nodes()).as("nodes that nothing needs are dropped").isEqualTo(1);
    }

    @Test
    void matchesATextThatIsNoTopicAsTheOriginalDoes() {
        trie.add(pattern("*"), "one");
        trie.add(pattern("a.*"), "two");
        var found = new ArrayList<String>();

        trie.match("", found::add);
        trie.match("a.", found::add);

        assertThat(found).containsExactly("one", "two");
    }

    @Test
    void answersHostilePatternsWithoutTryingAllWays() {
        for (var i = 1; i <= 31; i++) {
            trie.add(pattern("**.a.".repeat(i) + "b"), "hostile");
            trie.add(pattern("**.*.".repeat(i) + "b"), "hostile");
            trie.add(pattern("**.".repeat(2 * i) + "b"), "hostile");
        }
        var topic = topic("a.".repeat(63) + "c");

        var found = Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            var all = new ArrayList<String>();
            for (var i = 0; i < 100; i++) {
                trie.match(topic, all::add);
            }
            return all;
        });

        assertThat(found).isEmpty();
    }

    private List<String> matches(String topic) {
        var found = new ArrayList<String>();
        trie.match(topic(topic), found::add);
        return found;
    }

    private static TopicPattern pattern(String text) {
        return TopicPattern.of(text).orElseThrow();
    }

    private static TopicName topic(String text) {
        return TopicName.of(text).orElseThrow();
    }
}
