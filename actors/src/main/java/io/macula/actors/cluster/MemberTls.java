package io.macula.actors.cluster;

import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// What a member shows in TLS 1.3 with other members, and judges them by: the certificate of its node
/// key, and the realm and list of members of its Cluster. For connections beside those of the Cluster
/// itself.
public record MemberTls(X509ExtendedKeyManager keys, X509ExtendedTrustManager trust) {}
