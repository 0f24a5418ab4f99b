package io.macula.dht.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.dht.NodeId;
import io.macula.dht.record.Bytes;
import io.macula.dht.record.SignedRecord;
import io.macula.dht.record.SignedRecord.Kind;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StoreTest {

    private static final NodeId KEY = id(1);
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long END = 48 * HOUR;

    private final AtomicInteger verified = new AtomicInteger();
    private final Store store = new Store(StoreLimits.DEFAULT, signed -> {
        verified.incrementAndGet();
        return signed.signature().equals(Bytes.EMPTY);
    });
    private final Random random = new Random(1);

    @Test
    void keepsAValueUntilItsOwnEnd() {
        assertThat(put(value(7, 1, HOUR), 0)).isEqualTo(Verdict.STORED);

        assertThat(store.valueOf(KEY, HOUR - 1)).contains(value(7, 1, HOUR));
        assertThat(store.valueOf(KEY, HOUR)).isEmpty();
    }

    @Test
    void keepsAValueNoLongerThanItsOwnLimitWhateverTheRecordSays() {
        put(value(7, 1, Long.MAX_VALUE), 0);

        assertThat(store.valueOf(KEY, 24 * HOUR - 1)).isPresent();
        assertThat(store.valueOf(KEY, 24 * HOUR)).isEmpty();
    }

    @Test
    void refusesExpiredForeignForgedAndOlderRecords() {
        put(value(7, 5, END), 0);

        assertThat(put(value(7, 6, 10), 10)).isEqualTo(Verdict.EXPIRED);
        assertThat(put(value(8, 6, END), 10)).isEqualTo(Verdict.FOREIGN);
        assertThat(put(value(7, 4, END), 10)).isEqualTo(Verdict.OLDER);
        assertThat(put(value(7, 6, END).withSignature(Bytes.of((byte) 1)), 10))
                .isEqualTo(Verdict.FORGED);
        assertThat(store.valueOf(KEY, 10)).contains(value(7, 5, END));
    }

    @Test
    void letsTheNewerSequenceWin() {
        put(value(7, 5, END), 0);

        assertThat(put(value(7, 6, END), 10)).isEqualTo(Verdict.STORED);
        assertThat(store.valueOf(KEY, 10)).contains(value(7, 6, END));
    }

    @Test
    void letsAnotherPublisherHaveTheKeyAfterTheEnd() {
        put(value(7, 5, HOUR), 0);

        assertThat(put(value(8, 1, END), HOUR)).isEqualTo(Verdict.STORED);
    }

    @Test
    void verifiesARecordItAlreadyHoldsOnlyOnce() {
        put(value(7, 5, END), 0);
        put(value(7, 5, END), HOUR);

        assertThat(verified).hasValue(1);
    }

    @Test
    void refusesNewKeysWhenItIsFull() {
        var small = new Store(
                new StoreLimits(2, 2, Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1),
                        Duration.ofMinutes(5)),
                _ -> true);

        assertThat(small.put(value(id(1), 7, 1, END), 0, random)).isEqualTo(Verdict.STORED);
        assertThat(small.cache(value(id(2), 7, 1, END), MINUTE, 0)).isEqualTo(Verdict.STORED);
        assertThat(small.put(value(id(3), 7, 1, END), 0, random)).isEqualTo(Verdict.FULL);
        assertThat(small.cache(value(id(3), 7, 1, END), MINUTE, 0)).isEqualTo(Verdict.FULL);
        assertThat(small.put(value(id(1), 7, 2, END), 0, random)).isEqualTo(Verdict.STORED);
    }

    @Test
    void remembersHowManyAcknowledged() {
        store.acknowledged(new Health(KEY, 17, 20, 5));

        assertThat(store.healthOf(KEY)).contains(new Health(KEY, 17, 20, 5));
        assertThat(store.healthOf(id(9))).isEmpty();
    }

    @Nested
    class Republishing {

        @Test
        void isDueAboutAnHourAfterTheLastStore() {
            put(value(7, 1, END), 0);

            assertThat(store.sweep(50 * MINUTE - 1, random)).isEmpty();
            assertThat(store.sweep(70 * MINUTE, random)).containsExactly(value(7, 1, END));
            assertThat(store.sweep(70 * MINUTE, random)).as("once").isEmpty();
        }

        @Test
        void isSkippedWhenSomebodyElseStoredTheValueMeanwhile() {
            put(value(7, 1, END), 0);
            put(value(7, 1, END), 45 * MINUTE);

            assertThat(store.sweep(90 * MINUTE, random)).isEmpty();
        }

        @Test
        void leavesCachedCopiesAndProvidersAlone() {
            store.cache(value(7, 1, END), MINUTE, 0);
            put(provider(id(2), 7, 1, END), 0);

            assertThat(store.sweep(3 * HOUR, random)).isEmpty();
        }

        @Test
        void namesTheTimeOfTheNextWork() {
            assertThat(store.nextMillis()).isEqualTo(Long.MAX_VALUE);

            put(value(7, 1, END), 0);

            assertThat(store.nextMillis()).isBetween(50 * MINUTE, 70 * MINUTE);
        }
    }

    @Nested
    class Caching {

        @Test
        void keepsACopyForFiveMinutesAtMost() {
            assertThat(store.cache(value(7, 1, END), HOUR, 0)).isEqualTo(Verdict.STORED);

            assertThat(store.valueOf(KEY, 5 * MINUTE - 1)).isPresent();
            assertThat(store.isHolder(KEY, 1)).isFalse();
            assertThat(store.valueOf(KEY, 5 * MINUTE)).isEmpty();
        }

        @Test
        void neverShortensOrReplacesARealCopy() {
            put(value(7, 1, END), 0);

            store.cache(value(7, 1, END), 1, 0);
            assertThat(store.cache(value(8, 9, END), MINUTE, 0)).isEqualTo(Verdict.FOREIGN);

            assertThat(store.valueOf(KEY, HOUR)).contains(value(7, 1, END));
            assertThat(store.isHolder(KEY, HOUR)).isTrue();
        }

        @Test
        void givesWayToARealCopyOfAnyPublisher() {
            store.cache(value(8, 9, END), MINUTE, 0);

            assertThat(put(value(7, 1, END), 1)).isEqualTo(Verdict.STORED);
            assertThat(store.isHolder(KEY, 1)).isTrue();
        }
    }

    @Nested
    class ProviderRecords {

        @Test
        void areKeptApartFromTheValueOfTheSameKey() {
            put(value(7, 1, END), 0);
            put(provider(KEY, 8, 1, END), 0);

            assertThat(store.valueOf(KEY, 1)).contains(value(7, 1, END));
            assertThat(store.providersOf(KEY, 20, 1)).containsExactly(provider(KEY, 8, 1, END));
        }

        @Test
        void comeNewestFirstOnePerPublisher() {
            put(provider(KEY, 7, 1, END), 0);
            put(provider(KEY, 8, 1, END), 1);
            put(provider(KEY, 7, 2, END), 2);

            assertThat(store.providersOf(KEY, 20, 3)).containsExactly(provider(KEY, 7, 2, END),
                    provider(KEY, 8, 1, END));
            assertThat(store.providersOf(KEY, 1, 3)).containsExactly(provider(KEY, 7, 2, END));
            assertThat(put(provider(KEY, 7, 1, END), 4)).isEqualTo(Verdict.OLDER);
        }

        @Test
        void endAfterTenMinutesAndLeaveNothingBehind() {
            put(provider(KEY, 7, 1, END), 0);

            assertThat(store.providersOf(KEY, 20, 10 * MINUTE)).isEmpty();
            store.sweep(10 * MINUTE, random);
            assertThat(store.providedKeysCount()).isZero();
        }

        @Test
        void areBoundedByDroppingTheOneSilentLongest() {
            for (var i = 0; i < 70; i++) {
                put(provider(KEY, i, 1, END), i);
            }

            assertThat(store.providersOf(KEY, 100, 100)).hasSize(64)
                    .doesNotContain(provider(KEY, 5, 1, END))
                    .contains(provider(KEY, 6, 1, END));
        }

        @Test
        void areTakenBackByAnEmptyPayloadWithAHigherSequence() {
            put(provider(KEY, 7, 1, END), 0);
            var withdrawal = new SignedRecord(Kind.PROVIDER, KEY, id(7), Bytes.EMPTY, 2, END,
                    Bytes.EMPTY, Bytes.EMPTY);

            assertThat(put(withdrawal, 1)).isEqualTo(Verdict.STORED);
            assertThat(put(provider(KEY, 7, 1, END), 2)).as("an old copy comes too late")
                    .isEqualTo(Verdict.OLDER);
            assertThat(store.providersOf(KEY, 20, 2)).allMatch(SignedRecord::isWithdrawal);
        }
    }

    private Verdict put(SignedRecord signed, long now) {
        return store.put(signed, now, random);
    }

    private static SignedRecord value(int publisher, long sequence, long end) {
        return value(KEY, publisher, sequence, end);
    }

    private static SignedRecord value(NodeId key, int publisher, long sequence, long end) {
        return new SignedRecord(Kind.VALUE, key, id(publisher), Bytes.EMPTY, sequence, end,
                Bytes.of((byte) 1),
                Bytes.EMPTY);
    }

    private static SignedRecord provider(NodeId key, int publisher, long sequence, long end) {
        return new SignedRecord(Kind.PROVIDER, key, id(publisher), Bytes.EMPTY, sequence, end,
                Bytes.of((byte) 1),
                Bytes.EMPTY);
    }

    private static NodeId id(int number) {
        return NodeId.hashOf(new byte[]{(byte) number});
    }
}
