package io.macula.actors.dht;

import static io.macula.actors.link.fake.Nodes.node;

import io.macula.actors.identity.NodeKey;
import io.macula.actors.link.PeerAddress;
import io.macula.actors.wire.Bytes;
import io.macula.dht.record.SignedRecord;
import java.util.List;

/// Signed records for tests.
final class Records {

    static final NodeKey KEY = NodeKey.generate();
    static final RealmKey ADD = RealmKey.procedure("home", "add");
    static final Provider PROVIDER = new Provider(KEY.id(),
            List.of(new PeerAddress(KEY.id(), "192.0.2.7", 9443),
                    new PeerAddress(KEY.id(), "2001:db8::7", 9444)),
            List.of(node(1), node(2)), 7);

    private Records() {}

    static SignedRecord provider(String realm) {
        return provider(KEY, realm);
    }

    static SignedRecord provider(NodeKey publisher, String realm) {
        return SignedRecords.sign(publisher, SignedRecord.Kind.PROVIDER, ADD.id(), 5, 1_000_000,
                Payloads.ofProvider(realm, PROVIDER));
    }

    static SignedRecord withdrawal(NodeKey publisher) {
        return SignedRecords.sign(publisher, SignedRecord.Kind.PROVIDER, ADD.id(), 6, 1_000_000,
                Bytes.EMPTY);
    }

    static SignedRecord value(byte... bytes) {
        return SignedRecords.sign(KEY, SignedRecord.Kind.VALUE, ADD.id(), 5, 1_000_000,
                Payloads.ofValue("home", Bytes.of(bytes)));
    }
}
