package io.macula.dht.node;

import io.macula.dht.Contact;

/// One request under way. It is repeated once at the soft time-out, unless it is a confirming ping,
/// and fails at the hard one.
final class Rpc {

    /// Who waits for the answer.
    interface Owner {

        void answered(Rpc rpc, Message.Reply reply);

        /// Past the soft time-out; the request was repeated.
        void slow(Rpc rpc);

        void failed(Rpc rpc);
    }

    final long number;
    final Contact to;
    final Message.Request request;
    final Owner owner;
    final long sentAtMillis;
    final long hardAtMillis;
    long nextAtMillis;
    boolean isRepeated;

    Rpc(long number, Contact to, Message.Request request, Owner owner, long sentAtMillis,
            long softAtMillis,
            long hardAtMillis) {
        this.number = number;
        this.to = to;
        this.request = request;
        this.owner = owner;
        this.sentAtMillis = sentAtMillis;
        this.nextAtMillis = softAtMillis;
        this.hardAtMillis = hardAtMillis;
        this.isRepeated = softAtMillis == hardAtMillis;
    }
}
