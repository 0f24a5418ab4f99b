package io.macula.runtime.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.coordination.raft.VoterAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordTest {

    private static final Word FULL = new Word(new VoterAddress("n-1", "fe80::1", 65_535), true,
            Optional.of(Meeting.electorate(Long.MAX_VALUE, 0, 1, 2, 3, 4, 5)),
            Set.of("a", "b", "c"));
    private static final Word EMPTY = Meeting.word(1, false, Optional.empty());

    @Test
    void whatIsSaidIsHeard() {
        assertThat(Word.decode(FULL.encode())).contains(FULL);
        assertThat(Word.decode(EMPTY.encode())).contains(EMPTY);
        assertThat(FULL.encode()[0]).isEqualTo(Word.MARK);
        assertThat(FULL.encode().length).isLessThan(Word.BYTES_MAX);
    }

    @Test
    void halfAWordIsNone() {
        var whole = FULL.encode();
        for (int length = 0; length < whole.length; length++) {
            assertThat(Word.decode(Arrays.copyOf(whole, length))).isEmpty();
        }
    }

    @Test
    void noBytesMakeItFail() {
        var random = new Random(6);
        var whole = FULL.encode();
        for (int round = 0; round < 2_000; round++) {
            var bytes = whole.clone();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Word.decode(bytes)
                    .ifPresent(word -> assertThat(Word.decode(word.encode()))
                            .contains(word));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{}",
        "[]",
        "{\"serving\":true,\"wanted\":[]}",
        "{\"serving\":1,\"wanted\":[],\"voter\":{\"id\":\"a\",\"host\":\"h\",\"port\":1}}",
        "{\"serving\":true,\"voter\":{\"id\":\"a\",\"host\":\"h\",\"port\":1}}",
        "{\"serving\":true,\"wanted\":[],\"voter\":{\"id\":\"a\",\"host\":\"h\",\"port\":0}}",
        "{\"serving\":true,\"wanted\":[],\"voter\":{\"id\":\"a\",\"host\":\"h\",\"port\":99999}}",
        "{\"serving\":true,\"wanted\":[],\"voter\":{\"id\":\"a\",\"host\":\"h\",\"port\":1.5}}",
        "{\"serving\":true,\"wanted\":[],\"voter\":{\"id\":\"a b\",\"host\":\"h\",\"port\":1}}",
        "{\"serving\":true,\"wanted\":[],\"voter\":{\"id\":\"a\",\"host\":\"\",\"port\":1}}",
        "{\"serving\":true,\"wanted\":[],\"voter\":{\"id\":\"a\",\"host\":\"h\",\"port\":1},\"group\":null}",
        "{\"serving\":true,\"wanted\":[],\"voter\":{\"id\":\"a\",\"host\":\"h\",\"port\":1},\"group\":{\"id\":\"x\",\"revision\":1,\"voters\":[]}}",
        "{\"serving\":true,\"wanted\":[1,2,3,4,5,6,7],\"voter\":{\"id\":\"a\",\"host\":\"h\",\"port\":1}}"})
    void whatIsNotSaidRightIsNoWord(String text) {
        assertThat(Word.decode(text.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void aGroupNeedsVotersThatDifferAndNotTooMany() {
        var group = new String(FULL.encode(), StandardCharsets.UTF_8);
        var voter = "{\"id\":\"x\",\"host\":\"h\",\"port\":1}";

        assertThat(decoded(group.replaceAll("\"voters\":\\[.*?]",
                "\"voters\":[" + voter + "]"))).isPresent();
        assertThat(decoded(group.replaceAll("\"voters\":\\[.*?]",
                "\"voters\":[" + voter + "," + voter + "]"))).isEmpty();
        assertThat(decoded(group.replaceAll("\"voters\":\\[.*?]", "\"voters\":[]"))).isEmpty();
        assertThat(decoded(group.replaceAll("\"revision\":[0-9]+", "\"revision\":-1"))).isEmpty();
    }

    private static Optional<Word> decoded(String text) {
        return Word.decode(text.getBytes(StandardCharsets.UTF_8));
    }
}
