package io.macula.actors.link.quic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CreditRecordTest {

    @Test
    void comesBackFromItsSixteenBytes() {
        var record = new CreditRecord(12, 5_000_000_000L);
        var read = new ArrayList<CreditRecord>();

        new CreditRecord.Reader().read(ByteBuffer.wrap(record.encode()), read::add);

        assertThat(record.encode()).hasSize(CreditRecord.BYTES);
        assertThat(read).containsExactly(record);
    }

    @Test
    void isReassembledHoweverTheBytesAreCut() {
        var records = List.of(new CreditRecord(0, 1), CreditRecord.FILLER,
                new CreditRecord(4, Long.MAX_VALUE), new CreditRecord(8, 77));
        var bytes = ByteBuffer.allocate(records.size() * CreditRecord.BYTES);
        records.forEach(record -> bytes.put(record.encode()));
        var random = new Random(11);

        for (var round = 0; round < 200; round++) {
            var reader = new CreditRecord.Reader();
            var read = new ArrayList<CreditRecord>();
            for (var at = 0; at < bytes.capacity();) {
                var count = Math.min(1 + random.nextInt(20), bytes.capacity() - at);
                reader.read(bytes.slice(at, count), read::add);
                at += count;
            }
            assertThat(read).isEqualTo(records);
        }
    }
}
