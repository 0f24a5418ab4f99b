package io.macula.dht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

    @ParameterizedTest
    @CsvSource({"1.2.3.4,1.2.3.250,true", "1.2.3.4,1.2.4.4,false", "0.0.0.1,0.0.0.2,true",
        "2001:db8:1::1,2001:db8:1:ffff::9,true", "2001:db8:1::1,2001:db8:2::1,false",
        "seed.example,SEED.example,true", "seed.example,other.example,false"})
    void tellsNetworksApart(String one, String other, boolean same) {
        assertThat(network(one) == network(other)).isEqualTo(same);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.1.2.3", "192.168.1.1", "172.16.0.9", "169.254.1.1",
        "::1", "fd00::1",
        "fe80::1", "localhost"})
    void doesNotLimitLoopbackAndPrivateAddresses(String host) {
        assertThat(network(host)).isEqualTo(Endpoint.UNLIMITED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2.3.4", "0.0.1.0", "2001:db8::1", "seed.example", "172.32.0.1"})
    void limitsPublicAddressesAndNames(String host) {
        assertThat(network(host)).isNotEqualTo(Endpoint.UNLIMITED);
    }

    @Test
    void refusesWhatCannotBeDialled() {
        assertThatThrownBy(() -> Endpoint.of(" ", 1)).hasMessageContaining("host");
        assertThatThrownBy(() -> Endpoint.of("a", -1)).hasMessageContaining("port");
        assertThatThrownBy(() -> Endpoint.of("a", 65536)).hasMessageContaining("port");
    }

    @Test
    void writesLiteralsOfVersionSixInBrackets() {
        assertThat(Endpoint.of("::1", 9443)).hasToString("[::1]:9443")
                .isEqualTo(Endpoint.of("::1", 9443));
        assertThat(Endpoint.of("a.example", 1)).hasToString("a.example:1")
                .isNotEqualTo(Endpoint.of("a.example", 2));
    }

    private static int network(String host) {
        return Endpoint.of(host, 9443).network();
    }
}
