package io.macula.coordination.raft;

import java.security.cert.X509Certificate;
import java.util.function.Predicate;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// How voters, and those who ask them, talk to each other.
public sealed interface Transport {

    /// In the open, to anyone who can connect: for one machine.
    record Plain() implements Transport {}

    /// TLS 1.3, where both sides show a certificate. `trust` decides alone who is a member: no name is
    /// compared with an address, and any certificate it accepts may speak for any voter.
    record MutualTls(X509ExtendedKeyManager keys,
            X509ExtendedTrustManager trust) implements Transport {}

    /// The same, but what is said by a caller whom `hears` refuses gets lost, and so does what it would be answered: no
    /// connection ends by it. For tests that cut voters off from each other and from those who ask them.
    ///
    /// @param hears
    ///            asked with the caller's certificate for each message; answers at once, from any thread
    record Severable(MutualTls tls, Predicate<X509Certificate> hears) implements Transport {}
}
