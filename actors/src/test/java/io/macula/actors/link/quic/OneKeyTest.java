package io.macula.actors.link.quic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneKeyTest {

    private final ListenerCertificate shown = TestCertificates.fresh("one");
    private final OneKey keys = new OneKey(shown);

    @Test
    void isShownToWhoeverTakesItsAlgorithm() {
        var alias = keys.chooseEngineServerAlias("EC", null, null);

        assertThat(keys.getCertificateChain(alias)).containsExactly(shown.certificate());
        assertThat(keys.getPrivateKey(alias)).isSameAs(shown.key());
        assertThat(keys.chooseEngineServerAlias("EC_EC", null, null)).isEqualTo(alias);
        assertThat(keys.chooseServerAlias("EC", null, null)).isEqualTo(alias);
        assertThat(keys.chooseClientAlias(new String[]{"RSA", "EC"}, null, null)).isEqualTo(alias);
        assertThat(keys.chooseEngineClientAlias(new String[]{"EC"}, null, null)).isEqualTo(alias);
        assertThat(keys.getServerAliases("EC", null)).containsExactly(alias);
        assertThat(keys.getClientAliases("EC", null)).containsExactly(alias);
    }

    @Test
    void isNotShownToOthers() {
        assertThat(keys.chooseEngineServerAlias("RSA", null, null)).isNull();
        assertThat(keys.chooseEngineClientAlias(new String[]{"RSA", "EdDSA"}, null, null)).isNull();
        assertThat(keys.getServerAliases("RSA", null)).isEmpty();
        assertThat(keys.getClientAliases("EdDSA", null)).isEmpty();
    }
}
