package io.macula.actors.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Random;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1UTCTime;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Beside another library.
class DerTest {

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {0, 1, 127, 128, 255, 256, 65_535, 65_536})
    void writesOctetsAndReadsThemBack(int length) throws Exception {
        var octets = new byte[length];
        new Random(length).nextBytes(octets);

        var written = Der.octets(octets);

        assertThat(written).isEqualTo(new DEROctetString(octets).getEncoded());
        assertThat(Der.octetsIn(written)).hasValue(octets);
        assertThat(Der.octetsIn(Arrays.copyOf(written, written.length + 1))).isEmpty();
        assertThat(Der.octetsIn(Arrays.copyOf(written, written.length - 1))).isEmpty();
    }

    @Test
    void readsNothingButOneStringOfOctets() {
        assertThat(Der.octetsIn(new byte[]{})).isEmpty();
        assertThat(Der.octetsIn(new byte[]{Der.OCTETS})).isEmpty();
        assertThat(Der.octetsIn(Der.text("ab"))).isEmpty();
        // one byte said in the long form
        assertThat(Der.octetsIn(new byte[]{Der.OCTETS, (byte) 0x81, 1, 7})).isEmpty();
        // of a length that is said at the end
        assertThat(Der.octetsIn(new byte[]{0x24, (byte) 0x80, Der.OCTETS, 1, 7, 0, 0})).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.5.4.3", "1.3.101.112", "1.2.840.10045.4.3.2", "2.25.0", "2.25.128",
        "2.25.288617197059415555598514101110679983612"})
    void writesIdsOfObjects(String id) throws Exception {
        assertThat(Der.objectId(id)).isEqualTo(new ASN1ObjectIdentifier(id).getEncoded());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "127", "128", "18446744073709551615", "-1"})
    void writesIntegers(String number) throws Exception {
        var value = new BigInteger(number);

        assertThat(Der.integer(value)).isEqualTo(new ASN1Integer(value).getEncoded());
    }

    @Test
    void writesYearsWithTwoDigitsWhileTheyAreClear() throws Exception {
        for (var short2 : new String[]{"1950-01-01T00:00:00Z", "2049-12-31T23:59:59Z"}) {
            var at = Instant.parse(short2);
            assertThat(Der.time(at)).isEqualTo(new ASN1UTCTime(Date.from(at)).getEncoded());
        }
        for (var long4 : new String[]{"1949-12-31T23:59:59Z", "2050-01-01T00:00:00Z"}) {
            var at = Instant.parse(long4);
            assertThat(Der.time(at)).isEqualTo(new ASN1GeneralizedTime(Date.from(at)).getEncoded());
        }
    }

    @Test
    void writesTheRest() throws Exception {
        var one = new ASN1Integer(1);

        assertThat(Der.text("täxt")).isEqualTo(new DERUTF8String("täxt").getEncoded());
        assertThat(Der.bits(new byte[]{5, 6})).isEqualTo(new DERBitString(new byte[]{5, 6})
                .getEncoded());
        assertThat(Der.numbered(3, Der.sequence(Der.integer(BigInteger.ONE)))).isEqualTo(
                new DERTaggedObject(true, 3, new DERSequence(one)).getEncoded());
    }
}
