package io.macula.actors.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macula.actors.wire.MessageType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamClassTest {

    @ParameterizedTest
    @CsvSource({"CONNECT,CONTROL", "PING,CONTROL", "SUBSCRIBE,CONTROL", "STORE,CONTROL",
        "FIND_VALUE_REPLY,CONTROL", "PUNCH_COORDINATE,CONTROL", "CALL,CALL", "RPC_REPLY,CALL",
        "CAST,CALL", "PUBLISH,PUBLISH", "PUBSUB_ROUTE,PUBLISH", "GOSSIP_SYNC,PUBLISH",
        "RELAY_DATA,BULK", "BRIDGE_DATA,BULK", "REGISTRY_FETCH,BULK"})
    void carriesATypeOnItsStream(MessageType type, StreamClass stream) {
        assertThat(StreamClass.of(type)).isEqualTo(stream);
    }

    @Test
    void knowsTheStreamsADiallerOpens() {
        assertThat(StreamClass.ofStreamId(0)).isEqualTo(StreamClass.CONTROL);
        assertThat(StreamClass.ofStreamId(12)).isEqualTo(StreamClass.BULK);
    }

    @ParameterizedTest
    @ValueSource(longs = {-4, -1, 1, 2, 3, 5, 16, Long.MAX_VALUE, Long.MIN_VALUE})
    void hasNoPlaceForOtherStreams(long id) {
        assertThatThrownBy(() -> StreamClass.ofStreamId(id))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
