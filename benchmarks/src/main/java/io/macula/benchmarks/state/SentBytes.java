package io.macula.benchmarks.state;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.WrappedMessage;
import org.apache.pekko.remote.artery.RemoteInstrument;

/// Counts what Artery sends for distributed data, as serialized. Made by Pekko, by the name of this
/// class in its configuration.
public final class SentBytes extends RemoteInstrument {

    private static final String DISTRIBUTED_DATA = "org.apache.pekko.cluster.ddata.";
    private static final LongAdder BYTES = new LongAdder();
    private static final byte IDENTIFIER = 9;

    static long sum() {
        return BYTES.sum();
    }

    @Override
    public byte identifier() {
        return IDENTIFIER;
    }

    @Override
    public void remoteWriteMetadata(ActorRef recipient, Object message, ActorRef sender,
            ByteBuffer buffer) {}

    @Override
    public void remoteReadMetadata(ActorRef recipient, Object message, ActorRef sender,
            ByteBuffer buffer) {}

    @Override
    public void remoteMessageSent(ActorRef recipient, Object message, ActorRef sender, int size,
            long time) {
        var inner = message;
        while (inner instanceof WrappedMessage wrapped) {
            inner = wrapped.message();
        }
        if (inner.getClass().getName().startsWith(DISTRIBUTED_DATA)) {
            BYTES.add(size);
        }
    }

    @Override
    public void remoteMessageReceived(ActorRef recipient, Object message, ActorRef sender,
            int size, long time) {}
}
