package io.macula.coordination.wire;

import io.macula.app.Payload;
import io.macula.coordination.state.Claim;
import io.macula.coordination.state.Holder;
import io.macula.coordination.state.SessionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.function.BiConsumer;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

/// Writes MessagePack.
final class Out {

    private final MessageBufferPacker packer = MessagePack.newDefaultBufferPacker();

    private interface Writing {
        void write(MessageBufferPacker packer) throws IOException;
    }

    private Out raw(Writing writing) {
        try {
            writing.write(packer);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }

    Out number(long n) {
        return raw(p -> p.packLong(n));
    }

    Out flag(boolean value) {
        return raw(p -> p.packBoolean(value));
    }

    Out text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    Out payload(Payload payload) {
        return bytes(payload.toBytes());
    }

    private Out bytes(byte[] content) {
        return raw(p -> p.packBinaryHeader(content.length).writePayload(content));
    }

    Out duration(Duration duration) {
        return number(duration.toMillis());
    }

    Out session(SessionId id) {
        return number(id.value().getMostSignificantBits())
                .number(id.value().getLeastSignificantBits());
    }

    Out claim(Claim claim) {
        return number(switch (claim.kind()) {
            case LOCK -> 0;
            case ELECTION -> 1;
        }).text(claim.name());
    }

    Out holder(Holder holder) {
        return session(holder.session()).text(holder.owner()).number(holder.fence());
    }

    <T> Out list(Collection<T> items, BiConsumer<Out, T> writing) {
        raw(p -> p.packArrayHeader(items.size()));
        items.forEach(item -> writing.accept(this, item));
        return this;
    }

    byte[] written() {
        return packer.toByteArray();
    }
}
