package io.macula.it;

import io.macula.runtime.Node;
import java.util.ArrayList;
import java.util.List;

/// A gateway, number 0, and two nodes that know it. Closed together with what joined them.
final class ThreeNodes implements AutoCloseable {

    private final List<Node> all = new ArrayList<>();

    ThreeNodes() {
        all.add(Mesh.gateway());
        join("one");
        join("two");
    }

    /// One more; it gets the next number.
    void join(String name) {
        all.add(Mesh.nodeOf(name, all.getFirst()));
    }

    Node get(int number) {
        return all.get(number);
    }

    String id(int number) {
        return get(number).id().hex();
    }

    @Override
    public void close() {
        all.forEach(Node::close);
    }
}
