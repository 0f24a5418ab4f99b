package io.macula.actors.dht;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.wire.TopicName;
import io.macula.actors.wire.TopicPattern;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class InterestKeysTest {

    private final InterestKeys keys = new InterestKeys("home");

    static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    private static TopicName topic(String text) {
        return TopicName.of(text).orElseThrow();
    }

    private static TopicPattern pattern(String text) {
        return TopicPattern.of(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"a.*,a", "a.**,a", "a.b.*.c,a.b", "**,''", "*.b,''", "a.b.**.c.*,a.b"})
    void aPatternWithWildcardsStandsUnderWhatIsBeforeTheFirst(String text, String prefix) {
        assertThat(keys.keysOf(pattern(text)))
                .containsExactly(RealmKey.topicPrefix("home", prefix));
    }

    @Test
    void aPatternWithoutWildcardsStandsUnderItsTopic() {
        assertThat(keys.keysOf(pattern("a.b"))).containsExactly(RealmKey.topic("home", "a.b"));
    }

    @Test
    void aPublisherLooksUnderTheTopicAndEachOfItsPrefixes() {
        assertThat(keys.keysFor(topic("a.b.c"))).containsExactly(
                RealmKey.topic("home", "a.b.c"), RealmKey.topicPrefix("home", ""),
                RealmKey.topicPrefix("home", "a"), RealmKey.topicPrefix("home", "a.b"),
                RealmKey.topicPrefix("home", "a.b.c"));
    }

    /// A literal is no prefix: who wants just `a` is not asked about `a.b`.
    @Test
    void anExactTopicAndAPrefixOfTheSameNameAreDifferentKeys() {
        assertThat(RealmKey.topic("home", "a").id())
                .isNotEqualTo(RealmKey.topicPrefix("home", "a").id());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void findsEveryPatternThatMatches(long seed) {
        var random = new Random(seed);
        var topic = topic(words(random, List.of("a", "b")));
        var found = new HashSet<>(keys.keysFor(topic));

        for (var i = 0; i < 200; i++) {
            var pattern = pattern(words(random, List.of("a", "b", "*", "**")));
            if (pattern.matches(topic)) {
                assertThat(found).as("%s matches %s", pattern, topic)
                        .containsAll(keys.keysOf(pattern));
            }
        }
    }

    private static String words(Random random, List<String> words) {
        var text = new StringBuilder(words.get(random.nextInt(words.size())));
        for (var more = random.nextInt(4); more > 0; more--) {
            text.append('.').append(words.get(random.nextInt(words.size())));
        }
        return text.toString();
    }
}
