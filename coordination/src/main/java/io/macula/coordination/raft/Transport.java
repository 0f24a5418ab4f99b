package io.macula.coordination.raft;

import java.security.cert.X509Certificate;
import java.util.function.Predicate;
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

    /// The same, but what is said by a caller whom `hears` refuses gets lost, and so does what it would be answered: no
    /// connection ends by it. For tests that cut voters off from each other and from those who ask them.
    ///
    /// @param hears
    ///            asked with the caller's certificate for each message; answers at once, from any thread
    record Severable(MutualTls tls, Predicate<X509Certificate> hears) implements Transport {}

    /// What Ratis wants to know of it.
    static Parameters parameters(Transport transport) {
        var parameters = new Parameters();
        switch (transport) {
            case Plain() -> {
            }
            case MutualTls tls -> secure(parameters, tls);
            case Severable(var tls, var hears) -> {
                secure(parameters, tls);
                GrpcConfigKeys.Server.setServicesCustomizer(parameters,
                        (server, _) -> server.intercept(new LostCalls(hears)));
            }
        }
        return parameters;
    }

    private static void secure(Parameters parameters, MutualTls tls) {
        // Java's own TLS: the native one cannot use the Ed25519 keys that nodes have
        GrpcConfigKeys.TLS.setConf(parameters, GrpcTlsConfig.newBuilder()
                .setKeyManager(tls.keys())
                .setTrustManager(tls.trust())
                .setMutualTls(true)
                .setSslProvider(SslProvider.JDK)
                .setProtocols("TLSv1.3")
                .build());
    }
}
