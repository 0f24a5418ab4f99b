package io.macula.coordination.raft;

import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.grpc.GrpcTlsConfig;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslProvider;

/// How voters, and those who ask them, talk to each other.
public sealed interface Transport {

    /// In the open, to anyone who can connect: for one machine.
    record Plain() implements Transport {}

    /// TLS 1.3, where both sides show a certificate. `trust` decides alone who is a member: no name is
    /// compared with an address, and any certificate it accepts may speak for any voter.
    record MutualTls(X509ExtendedKeyManager keys,
            X509ExtendedTrustManager trust) implements Transport {}

    /// What Ratis wants to know of it.
    static Parameters parameters(Transport transport) {
        var parameters = new Parameters();
        if (transport instanceof MutualTls(var keys, var trust)) {
            // Java's own TLS: the native one cannot use the Ed25519 keys that nodes have
            GrpcConfigKeys.TLS.setConf(parameters, GrpcTlsConfig.newBuilder()
                    .setKeyManager(keys)
                    .setTrustManager(trust)
                    .setMutualTls(true)
                    .setSslProvider(SslProvider.JDK)
                    .setProtocols("TLSv1.3")
                    .build());
        }
        return parameters;
    }
}
