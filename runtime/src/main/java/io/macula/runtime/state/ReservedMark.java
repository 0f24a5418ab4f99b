package io.macula.runtime.state;

import io.macula.crdt.ReplicaId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32;

/// Remembers beside the database up to which of its dots a replica may have used some. A database
/// that knows less than this has lost what was safe, and would use a dot twice.
final class ReservedMark {

    /// @param reservedTo dots of `replica` up to here may have been used
    record Mark(ReplicaId replica, long reservedTo) {

        boolean isPast(ReplicaId stored, long storedTo) {
            return replica.equals(stored) && reservedTo > storedTo;
        }
    }

    private static final int CONTENT_BYTES = Long.BYTES + Integer.BYTES + Long.BYTES;

    private final Path file;
    private Optional<Mark> last;

    /// Reads what is there; a mark that is not whole counts as none.
    ReservedMark(Path file) throws IOException {
        this.file = file;
        this.last = Files.exists(file) ? read(Files.readAllBytes(file)) : Optional.empty();
    }

    Optional<Mark> last() {
        return last;
    }

    private static Optional<Mark> read(byte[] bytes) {
        if (bytes.length != CONTENT_BYTES + Long.BYTES) {
            return Optional.empty();
        }
        var content = ByteBuffer.wrap(bytes);
        var node = content.getLong();
        var epoch = content.getInt();
        var reservedTo = content.getLong();
        return content.getLong() == checksum(bytes) && epoch >= 1
                ? Optional.of(new Mark(new ReplicaId(node, epoch), reservedTo))
                : Optional.empty();
    }

    /// Returns when the mark is safe. A mark that stands already costs nothing.
    void write(Mark mark) throws IOException {
        if (last.filter(mark::equals).isPresent()) {
            return;
        }
        var bytes = ByteBuffer.allocate(CONTENT_BYTES + Long.BYTES)
                .putLong(mark.replica().node())
                .putInt(mark.replica().epoch())
                .putLong(mark.reservedTo());
        bytes.putLong(checksum(bytes.array())).flip();
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE,
                StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes, bytes.position());
            }
            channel.force(true);
        }
        last = Optional.of(mark);
    }

    private static long checksum(byte[] bytes) {
        var crc = new CRC32();
        crc.update(bytes, 0, CONTENT_BYTES);
        return crc.getValue();
    }
}
