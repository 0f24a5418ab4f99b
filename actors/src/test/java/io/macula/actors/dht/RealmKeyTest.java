package io.macula.actors.dht;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RealmKeyTest {

    @Test
    void noTwoKindsRealmsOrNamesShareAKey() {
        var keys = List.of(RealmKey.procedure("a", "b"), RealmKey.procedure("ab", ""),
                RealmKey.procedure("", "ab"), RealmKey.topic("a", "b"),
                RealmKey.topicPrefix("a", "b"), RealmKey.value("a", "b"),
                RealmKey.procedure("b", "a"), RealmKey.gateways("a"), RealmKey.gateways("b"),
                RealmKey.peers("a"), RealmKey.procedure("a", "bprocedure"));

        assertThat(keys.stream().map(RealmKey::id)).doesNotHaveDuplicates();
    }

    @Test
    void isTheSameOnEveryNode() {
        assertThat(RealmKey.procedure("home", "add").id().hex())
                .isEqualTo("e4e5c9a68adb37e05aebf42f4886303d9422d94c");
        assertThat(RealmKey.procedure("home", "add")).hasToString("procedure add");
        assertThat(RealmKey.gateways("home")).hasToString("gateways");
    }
}
