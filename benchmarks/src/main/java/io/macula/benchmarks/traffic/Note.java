package io.macula.benchmarks.traffic;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// What a measured message says: its kind, the number of a subscriber, a value; the rest is filling.
final class Note {

    /// What a message is there for.
    enum Kind {
        /// Wants an answer, so that the speaker knows the way is open.
        HELLO,
        /// Is counted.
        DATA,
        /// Is counted, and says when it was sent.
        TIMED,
        /// Is sent back as it is.
        CALL,
        /// Ends a measurement; is answered by a result.
        END,
        /// How many a subscriber has counted.
        COUNTED,
        /// What a subscriber has measured.
        RESULT
    }

    /// What a result needs.
    static final int BYTES_MIN = 64;

    private static final Kind[] KINDS = Kind.values();
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class,
            ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class,
            ByteOrder.BIG_ENDIAN);
    private static final int NUMBER_AT = 4;
    private static final int VALUES_AT = 8;

    private Note() {}

    static byte[] of(Kind kind, int number, int bytes, long... values) {
        var note = new byte[bytes];
        note[0] = (byte) kind.ordinal();
        number(note, number);
        for (int i = 0; i < values.length; i++) {
            LONGS.set(note, VALUES_AT + i * Long.BYTES, values[i]);
        }
        return note;
    }

    static Kind kind(byte[] note) {
        return KINDS[note[0]];
    }

    static int number(byte[] note) {
        return (int) INTS.get(note, NUMBER_AT);
    }

    static void number(byte[] note, int number) {
        INTS.set(note, NUMBER_AT, number);
    }

    static long value(byte[] note) {
        return value(note, 0);
    }

    static long value(byte[] note, int index) {
        return (long) LONGS.get(note, VALUES_AT + index * Long.BYTES);
    }
}
