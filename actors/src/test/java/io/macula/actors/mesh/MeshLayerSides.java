package io.macula.actors.mesh;

import io.macula.actors.link.Disconnected;
import io.macula.actors.link.Link;
import io.macula.actors.link.LinkListener;
import io.macula.actors.link.StreamClass;
import io.macula.actors.rpc.CallOutcome;
import io.macula.actors.wire.Message;
import io.macula.actors.wire.Publish;
import io.macula.actors.wire.RpcRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The two sides of a [MeshLayer]: they write down what they hear.
final class MeshLayerSides {

    private MeshLayerSides() {}

    /// What came to this node.
    static final class Arrived implements MeshLayer.Arrivals {
        final List<Publish> published = new ArrayList<>();
        final List<RpcRequest> asked = new ArrayList<>();
        final List<Consumer<CallOutcome>> answers = new ArrayList<>();

        @Override
        public void published(Link from, Publish publish) {
            published.add(publish);
        }

        @Override
        public void asked(RpcRequest request, Consumer<CallOutcome> answer) {
            asked.add(request);
            answers.add(answer);
        }
    }

    /// The process a link belongs to.
    static final class Owner implements LinkListener {
        final List<Message> received = new ArrayList<>();
        final List<Disconnected> closed = new ArrayList<>();
        final List<Boolean> suspected = new ArrayList<>();
        final List<StreamClass> writable = new ArrayList<>();
        boolean mayProve = true;

        @Override
        public boolean mayProve() {
            return mayProve;
        }

        @Override
        public void received(Link link, Message message) {
            received.add(message);
        }

        @Override
        public void writable(Link link, StreamClass stream) {
            writable.add(stream);
        }

        @Override
        public void suspected(Link link, boolean suspect) {
            suspected.add(suspect);
        }

        @Override
        public void closed(Link link, Disconnected reason) {
            closed.add(reason);
        }
    }
}
