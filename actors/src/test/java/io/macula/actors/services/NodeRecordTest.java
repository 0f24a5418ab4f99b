package io.macula.actors.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.dht.RealmKey;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeRecordTest {

    private static final NodeRecord RECORD = RegistryFixture.says(RegistryFixture.node(1), 5);

    @Test
    void comesBackAsItWentIn() {
        assertThat(NodeRecord.of(RegistryFixture.node(1), RECORD.fields())).contains(RECORD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "1e9", "99999999999999999999"})
    void withoutATimeIsNone(String until) {
        var fields = new HashMap<>(RECORD.fields());
        fields.put("until", until);

        assertThat(NodeRecord.of(RegistryFixture.node(1), fields)).isEmpty();
        assertThat(NodeRecord.of(RegistryFixture.node(1), Map.of())).isEmpty();
    }

    @Test
    void leavesOutWhatIsWrongAndWhatIsTooMuch() {
        var fields = new HashMap<>(RECORD.fields());
        fields.put("addresses",
                "::: 127.0.0.1:1 127.0.0.1:99999 " + "127.0.0.1:2 ".repeat(50));
        fields.put("relays", "x ".repeat(10_000));

        var read = NodeRecord.of(RegistryFixture.node(1), fields).orElseThrow();

        assertThat(read.where().addresses()).hasSizeBetween(1, 4)
                .allMatch(address -> address.host().equals("127.0.0.1"));
        assertThat(read.where().relays()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a.b.c"})
    void everyKeyHasANameAndTheNameLeadsBack(String name) {
        for (var key : new RealmKey[]{RealmKey.procedure("r", name), RealmKey.topic("r", name),
            RealmKey.topicPrefix("r", name)}) {
            var stored = RegistryNames.of(key).orElseThrow();

            assertThat(stored).startsWith(RegistryNames.PREFIX);
            assertThat(RegistryNames.key("r", stored)).contains(key);
        }
        assertThat(RegistryNames.of(RealmKey.peers("r"))).isEmpty();
        assertThat(RegistryNames.of(RealmKey.topic("r", "x".repeat(496)))).isEmpty();
        assertThat(RegistryNames.of(RealmKey.topic("r", "x".repeat(495)))).isPresent();
        assertThat(RegistryNames.key("r", "macula/nodes/" + name)).isEmpty();
    }
}
