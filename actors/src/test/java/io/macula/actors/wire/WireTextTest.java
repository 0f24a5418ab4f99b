package io.macula.actors.wire;

import static io.macula.actors.wire.OriginalFrames.A;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WireTextTest {

    private static final String HEX_A = "hex:" + "aa".repeat(32);
    private static final String HEX_B = "hex:" + "bb".repeat(32);
    private static final String HEX_M = "hex:000102030405060708090a0b0c0d0e0f";
    private static final ObjectMapper JSON = new ObjectMapper();

    static List<String> frames() {
        return OriginalFrames.names();
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @Nested
    class Reading {

        static Stream<Arguments> printed() {
            return Stream.of(
                    Arguments.of("ping", "{'timestamp':1234567890}"),
                    Arguments.of("connect", "{'capabilities':['pubsub','rpc'],"
                            + "'endpoint':'https://localhost:9443','node_id':'" + HEX_A
                            + "','realm_id':'com.example.realm','version':'1.0'}"),
                    Arguments.of("subscribe_empty", "{'qos':0,'topics':[]}"),
                    Arguments.of("pubsub_route", "{'destination_node_id':'" + HEX_B
                            + "','hop_count':0,'max_hops':10,'payload':{'message_id':'" + HEX_M
                            + "','payload':'hi','qos':0,'retain':false,'topic':'a.b'},"
                            + "'source_node_id':'" + HEX_A + "','topic':'a.b'}"),
                    Arguments.of("find_value_reply_nodes_empty",
                            "{'nodes':[],'result':'nodes','type':'find_value_reply'}"),
                    Arguments.of("punch_coordinate", "{'peer_host':'h','peer_id':'" + HEX_A
                            + "','peer_ports':[4433,4434],'punch_time':1,'role':'initiator',"
                            + "'session_id':'s'}"),
                    Arguments.of("relay_data", "{'payload':'hex:010203','session_id':'s'}"));
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("printed")
        void printsTheFieldsInTheOrderOfTheFrame(String name, String json)
                throws JsonProcessingException {
            var read = (WireText.Read.Frame) WireText.read(OriginalFrames.frame(name));

            assertThat(read.type()).isEqualTo(OriginalFrames.message(name).type());
            assertThat(JSON.writeValueAsString(read.fields())).isEqualTo(json.replace('\'', '"'));
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("io.macula.actors.wire.WireTextTest#frames")
        void printsAMessageAsItPrintsItsFrame(String name) {
            var read = (WireText.Read.Frame) WireText.read(OriginalFrames.frame(name));

            assertThat(read.fields())
                    .isEqualTo(WireText.fields(OriginalFrames.message(name)));
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource(delimiter = '|', value = {
            "text                | 6869     | hi",
            "empty               | ''       | ''",
            "UTF-8               | c3a4e282ac | ä€",
            "not UTF-8           | c3       | hex:c3",
            "over-long UTF-8     | c080     | hex:c080",
            "encoded surrogate   | eda080   | hex:eda080",
            "C0 control          | 6100     | hex:6100",
            "line feed           | 610a     | hex:610a",
            "DEL                 | 7f       | hex:7f",
            "C1 control          | c285     | hex:c285",
            "begins with hex:    | 6865783a3031 | hex:6865783a3031",
            "Hex: is something else | 4865783a | Hex:",
        })
        void printsByteStringsAsTextWherePossible(String what, String hex, String printed) {
            var bytes = Bytes.parseHex(hex).orElseThrow();

            assertThat(WireText.fields(BridgeData.of(bytes))).as(what)
                    .isEqualTo(Map.of("payload", printed));
        }

        @Test
        void showsKeysWeDoNotKnow() {
            var frame = frame(0x03, "82c40a6d7973746572696f757392c3cb3ff8000000000000"
                    + "c40974696d657374616d7001");

            assertThat(WireText.read(frame)).isEqualTo(new WireText.Read.Frame(MessageType.PING,
                    Map.of("timestamp", 1L, "mysterious", List.of(true, 1.5))));
        }

        @Test
        void showsNilAsNull() {
            var frame = frame(0x22, "82c40470726f63c0c40970726f636564757265c40170");

            var fields = ((WireText.Read.Frame) WireText.read(frame)).fields();

            assertThat(fields).containsEntry("proc", null).containsEntry("procedure", "p");
        }

        @Test
        void readsAStrInAListFieldAsCodePoints() {
            var peers = frame(0x21, "82c40763616c6c5f6964c40101"
                    + "c406726573756c7481c4057065657273a0");
            var value = frame(0x44, "81c40576616c7565a0");

            assertThat(fields(peers)).containsEntry("result", Map.of("peers", List.of()));
            assertThat(fields(value)).containsEntry("value", List.of());
        }

        @Test
        void saysWhyAFrameCannotBeRead() {
            assertThat(WireText.read(new byte[3])).isEqualTo(new WireText.Read.Malformed(
                    WireError.INVALID_HEADER,
                    "a frame has a header of 8 bytes, only 3 came"));
            assertThat(WireText.read(frame(0x10, "80"))).isEqualTo(new WireText.Read.Malformed(
                    WireError.MISSING_FIELD, "publish lacks the field topic"));
            assertThat(WireText.read(frame(0x26, "80")))
                    .isEqualTo(new WireText.Read.UnknownType(0x26));
            assertThat(WireText.read(frame(0x03, "82c40974696d657374616d7001c40178d40500")))
                    .isInstanceOf(WireText.Read.Malformed.class);
        }

        private static Map<String, @Nullable Object> fields(byte[] frame) {
            return ((WireText.Read.Frame) WireText.read(frame)).fields();
        }
    }

    @Nested
    class Writing {

        @ParameterizedTest(name = "{0}")
        @MethodSource("io.macula.actors.wire.WireTextTest#frames")
        void isTheReverseOfReading(String name) throws JsonProcessingException {
            var original = OriginalFrames.frame(name);
            var read = (WireText.Read.Frame) WireText.read(original);
            var json = JSON.writeValueAsString(read.fields());

            var written = (WireText.Written.Frame) WireText.write(read.type().wireName(),
                    JSON.readValue(json, new TypeReference<Map<String, Object>>() {}));

            assertThat(written.message()).isEqualTo(OriginalFrames.message(name));
            assertThat(Oracle.withLists(written.frame().toArray()))
                    .isEqualTo(Oracle.withLists(original));
        }

        @ParameterizedTest(name = "seed {0}")
        @MethodSource("io.macula.actors.wire.WireTextTest#seeds")
        void isTheReverseForAnyMessage(long seed) {
            var message = new RandomMessages(seed).any();
            var fields = WireText.fields(message);

            var written = (WireText.Written.Frame) WireText.write(message.type().wireName(),
                    fields);

            assertThat(WireText.fields(written.message())).isEqualTo(fields);
        }

        @Test
        void readsATextInAListFieldAsCodePoints() {
            assertThat(WireText.write("subscribe", Map.of("topics", "", "qos", 0)))
                    .isInstanceOfSatisfying(WireText.Written.Frame.class,
                            written -> assertThat(written.message())
                                    .isEqualTo(Subscribe.of(List.of(), 0)));
            assertThat(WireText.write("gossip_sync_reply", Map.of("node_id", HEX_A, "missing",
                    List.of("k"), "states", ""))).isInstanceOfSatisfying(
                            WireText.Written.Frame.class,
                            written -> assertThat(written.message()).isEqualTo(
                                    new GossipSyncReply(A, List.of(), List.of("k"))));
            assertThat(WireText.write("subscribe", Map.of("topics", "abc", "qos", 0))).isEqualTo(
                    new WireText.Written.Refused("subscribe.topics holds something else where a"
                            + " string belongs"));
        }

        @Test
        void leavesATextUnderAKeyOfTheDhtAText() {
            assertThat(WireText.write("find_value_reply", Map.of("value", "abc")))
                    .isInstanceOfSatisfying(WireText.Written.Frame.class,
                            written -> assertThat(((FindValueReply) written.message()).value())
                                    .isEqualTo(Value.of("abc")));
        }

        @Test
        void refusesInOneSentence() {
            assertThat(refusal("pling", Map.of()))
                    .isEqualTo("there is no message type 'pling'");
            assertThat(refusal("ping", Map.of())).isEqualTo("ping lacks the field timestamp");
            assertThat(refusal("ping", Map.of("timestamp", "soon"))).isEqualTo(
                    "ping.timestamp holds something else where an integer belongs");
            assertThat(refusal("ping", Map.of("timestamp", 1.5))).isEqualTo(
                    "ping.timestamp holds something else where an integer belongs");
            assertThat(refusal("ping", Map.of("timestamp", BigInteger.TWO.pow(64)))).isEqualTo(
                    "ping.timestamp is 18446744073709551616, which is no text, boolean, list,"
                            + " object or number of 64 bits");
            assertThat(refusal("bridge_data", Map.of("payload", "hex:0g"))).isEqualTo(
                    "bridge_data.payload begins with hex: but an even number of hexadecimal"
                            + " digits must follow");
            assertThat(refusal("bridge_data", Map.of("payload", List.of(1)))).isEqualTo(
                    "bridge_data.payload holds something else where a string belongs");
        }

        @Test
        void refusesWhatIsNestedTooDeepOrTooLong() {
            Object deep = 1;
            for (var i = 0; i < 10_000; i++) {
                deep = i % 2 == 0 ? List.of(deep) : Map.of("k", deep);
            }

            assertThat(refusal("cast", Map.of("procedure", "p", "args", deep)))
                    .isEqualTo("the fields are nested deeper than 16");
            assertThat(refusal("bridge_data", Map.of("payload", "x".repeat(1024 * 1024))))
                    .isEqualTo("the header announces 1048591 bytes of payload, the limit is"
                            + " 1048576");
            assertThat(refusal("bridge_data",
                    Map.of("payload", Collections.nCopies(17, "x".repeat(1024 * 1024)))))
                    .isEqualTo("a bridge_data of 17825890 bytes is over the limit of 16777216");
        }

        private static String refusal(String type, Map<String, ?> fields) {
            return ((WireText.Written.Refused) WireText.write(type, fields)).message();
        }
    }

    @Test
    void everyListOfARecordIsKnownAsAList() {
        for (var type : RandomMessages.records()) {
            for (var component : type.getRecordComponents()) {
                var path = snake(type.getSimpleName()) + "." + snake(component.getName());
                assertThat(ListFields.contains(path)).as(path)
                        .isEqualTo(component.getType() == List.class);
            }
        }
    }

    private static String snake(String camel) {
        return camel.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(java.util.Locale.ROOT);
    }

    private static byte[] frame(int id, String payload) {
        var bytes = HexFormat.of().parseHex(payload);
        var frame = Arrays.copyOf(new byte[]{1, (byte) id, 0, 0, 0, 0, 0, (byte) bytes.length},
                8 + bytes.length);
        System.arraycopy(bytes, 0, frame, 8, bytes.length);
        return frame;
    }
}
