package io.macula.actors.link.quic;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/// What a receiver tells a sender that may only have so much under way: how many bytes of a stream
/// it has taken in so far. Exists for the kwik provider, see [QuicConfig.KwikPacing].
///
/// The end that wants to be told opens a unidirectional stream; the other end then opens one of its
/// own and writes these records on it. On the wire a record has 16 bytes, big-endian:
/// `0, stream id (4 bytes each), total bytes (8 bytes)`; stream id -1 says nothing and only keeps
/// the stream moving.
///
/// @param streamId
///            a stream of [QuicStream#id()], or -1
/// @param totalBytes
///            bytes taken in since the stream began
public record CreditRecord(int streamId, long totalBytes) {

    public static final int BYTES = 16;

    /// Says nothing.
    public static final CreditRecord FILLER = new CreditRecord(-1, 0);

    /// After so many bytes a receiver writes a record at once, else after [#DELAY_MILLIS].
    public static final int STEP_BYTES = 8 * 1024;

    /// Bytes below one step are confirmed after so long.
    public static final long DELAY_MILLIS = 5;

    public byte[] encode() {
        return ByteBuffer.allocate(BYTES).putInt(0).putInt(streamId).putLong(totalBytes).array();
    }

    /// Reassembles records from bytes cut anywhere. Not safe for use by several threads.
    public static final class Reader {

        private final ByteBuffer partial = ByteBuffer.allocate(BYTES);

        /// Takes in all of `bytes`.
        public void read(ByteBuffer bytes, Consumer<CreditRecord> records) {
            while (bytes.hasRemaining()) {
                partial.put(bytes.get());
                if (!partial.hasRemaining()) {
                    partial.flip();
                    partial.getInt();
                    records.accept(new CreditRecord(partial.getInt(), partial.getLong()));
                    partial.clear();
                }
            }
        }
    }
}
