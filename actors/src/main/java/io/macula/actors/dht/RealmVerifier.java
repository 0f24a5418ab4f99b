package io.macula.actors.dht;

import io.macula.actors.identity.NodeKey;
import io.macula.actors.identity.Realm;
import io.macula.dht.NodeId;
import io.macula.dht.record.RecordVerifier;
import io.macula.dht.record.SignedRecord;
import java.util.LinkedHashMap;
import java.util.Map;

/// Believes records that were signed by their publisher, in this realm, by one of its members.
/// Remembers those it has checked, because a popular record comes again and again and a signature
/// costs a tenth of a millisecond. For one thread.
final class RealmVerifier implements RecordVerifier {

    /// Checked records remembered.
    static final int REMEMBERED_MAX = 4_096;

    private final Realm realm;
    private final RecordVerifier signatures;
    private final Map<SignedRecord, Boolean> genuine = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SignedRecord, Boolean> eldest) {
            return size() > REMEMBERED_MAX;
        }
    };

    RealmVerifier(Realm realm) {
        this(realm, RealmVerifier::isSigned);
    }

    RealmVerifier(Realm realm, RecordVerifier signatures) {
        this.realm = realm;
        this.signatures = signatures;
    }

    @Override
    public boolean isGenuine(SignedRecord signed) {
        if (genuine.get(signed) != null) {
            return true;
        }
        var isGenuine = isOurs(signed) && signatures.isGenuine(signed);
        if (isGenuine) {
            genuine.put(signed, true);
        }
        return isGenuine;
    }

    private static boolean isSigned(SignedRecord signed) {
        var key = signed.publisherKey().toArray();
        return signed.publisher().equals(NodeId.ofPublicKey(key))
                && NodeKey.verify(key, signed.signedBytes(), signed.signature().toArray());
    }

    private boolean isOurs(SignedRecord signed) {
        var isMember = !(realm.admission() instanceof Realm.Admission.Members(var ids))
                || ids.contains(signed.publisher());
        return isMember && (signed.isWithdrawal()
                || Payloads.realmOf(signed).filter(realm.name()::equals).isPresent());
    }
}
