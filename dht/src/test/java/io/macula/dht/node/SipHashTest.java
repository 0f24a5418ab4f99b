package io.macula.dht.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SipHashTest {

    /// Appendix A of the paper: the key 00 01 ... 0f, the input 00 01 ... 0e.
    @Test
    void givesTheHashOfThePapersExample() {
        var hash = new SipHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L)
                .add(0x0706050403020100L)
                .endWith(0x0f0e0d0c0b0a0908L);

        assertThat(hash).isEqualTo(0xa129ca6149be45e5L);
    }
}
