package io.macula.supervision;

import org.apache.pekko.actor.typed.ActorRef;

/// What one start of one child may use.
record StartingAt(Refs refs, Runnable whenReady, Incarnation life) implements Starting {

    @Override
    public void ready() {
        whenReady.run();
    }

    @Override
    public void info(Object info) {
        life.info(info);
    }

    @Override
    public <T> ActorRef<T> get(Key<T> key) {
        return refs.get(key);
    }

    @Override
    public Refs at(String... ids) {
        return refs.at(ids);
    }

    @Override
    public Refs parent() {
        return refs.parent();
    }

    @Override
    public Refs root() {
        return refs.root();
    }

    @Override
    public ActorRef<Supervisor.Command> supervisor() {
        return refs.supervisor();
    }

    @Override
    public TreePath path() {
        return refs.path();
    }
}
