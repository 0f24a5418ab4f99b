package io.macula.actors.dht;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.PackedValue;
import io.macula.actors.wire.Value;
import io.macula.dht.record.SignedRecord;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PayloadsTest {

    private static SignedRecord signed(Value payload) {
        return SignedRecords.sign(Records.KEY, SignedRecord.Kind.PROVIDER, Records.ADD.id(), 1, 1,
                PackedValue.encode(payload));
    }

    @Test
    void aProviderComesThroughUnchanged() {
        assertThat(Payloads.provider(Records.provider("home"))).isEqualTo(Records.PROVIDER);
    }

    @Test
    void aValueComesThroughUnchanged() {
        assertThat(Payloads.value(Records.value((byte) 0, (byte) 0xff)))
                .contains(Bytes.of((byte) 0, (byte) 0xff));
    }

    /// A record is signed by one node; it cannot give the addresses of another.
    @Test
    void theAddressesAreThoseOfThePublisher() {
        var provider = Payloads.provider(Records.provider("home"));

        assertThat(provider.addresses()).allMatch(
                address -> address.expectedId().equals(java.util.Optional.of(Records.KEY.id())));
    }

    @Test
    void leavesOutWhatMakesNoSense() {
        var odd = Value.Map.EMPTY
                .with("addresses", Value.of(List.of(Value.of("no port:x"), Value.of(1),
                        Value.of("h".repeat(300) + ":1"), Value.of("10.0.0.1:1"))))
                .with("relays", Value.of(List.of(Value.of("short"), Value.Map.EMPTY)))
                .with("load", -5);

        var provider = Payloads.provider(signed(odd));

        assertThat(provider.addresses()).singleElement()
                .hasToString(
                        "macula://" + Records.KEY.id() + "@10.0.0.1:1");
        assertThat(provider.relays()).isEmpty();
        assertThat(provider.load()).isZero();
    }

    @Test
    void readsAFewAddressesAndRelaysOnly() {
        var many = Value.Map.EMPTY
                .with("addresses", Value.of(Collections.nCopies(20, Value.of("10.0.0.1:1"))))
                .with("relays", Value.of(Collections.nCopies(20,
                        Value.of(Bytes.of(Records.KEY.id().toBytes())))));

        var provider = Payloads.provider(signed(many));

        assertThat(provider.addresses()).hasSize(Provider.ADDRESSES_MAX);
        assertThat(provider.relays()).hasSize(Provider.RELAYS_MAX);
    }

    @Test
    void whatIsNoMapIsAProviderThatSaysNothing() {
        var provider = Payloads.provider(signed(Value.of("text")));

        assertThat(provider).isEqualTo(new Provider(Records.KEY.id(), List.of(), List.of(), 0));
        assertThat(Payloads.realmOf(signed(Value.of(1)))).isEmpty();
        assertThat(Payloads.value(signed(Value.of(1)))).isEmpty();
    }
}
