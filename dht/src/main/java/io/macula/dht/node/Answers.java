package io.macula.dht.node;

import io.macula.dht.Contact;
import io.macula.dht.NodeId;
import io.macula.dht.record.SignedRecord;
import io.macula.dht.store.Verdict;
import java.util.List;

/// Answers what other nodes ask.
final class Answers {

    private final Core core;

    Answers(Core core) {
        this.core = core;
    }

    Message.Reply to(Contact from, Message.Request request) {
        return switch (request) {
            case Message.Ping() -> new Message.Pong();
            case Message.FindNode(var target) -> nodes(target, from);
            case Message.FindValue(var key) -> core.store.valueOf(key, core.now())
                    .map(value -> (Message.Reply) new Message.Found(List.of(value), List.of()))
                    .orElseGet(() -> nodes(key, from));
            case Message.FindProviders(var key) -> providers(key, from);
            case Message.Keep(var signed, var cacheMillis, var token) ->
                new Message.Stored(core.tokens.isValid(token, from, core.now())
                        ? keep(signed, cacheMillis)
                        : Verdict.NO_TOKEN);
        };
    }

    private Message.Nodes nodes(NodeId target, Contact from) {
        return new Message.Nodes(core.table.closest(target, core.wanted(), from.id()),
                core.tokens.tokenFor(from, core.now()));
    }

    private Message.Reply providers(NodeId key, Contact from) {
        var records = core.store.providersOf(key, core.config.providersInReply(), core.now());
        return records.isEmpty()
                ? nodes(key, from)
                : new Message.Found(records, core.table.closest(key, core.wanted(), from.id()));
    }

    private Verdict keep(SignedRecord signed, long cacheMillis) {
        return cacheMillis > 0
                ? core.store.cache(signed, cacheMillis, core.now())
                : core.store.put(signed, core.now(), core.random());
    }
}
