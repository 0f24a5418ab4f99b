package io.macula.coordination.raft;

import org.apache.ratis.conf.Parameters;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.grpc.GrpcTlsConfig;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslProvider;

/// What Ratis wants to know of a [Transport]. Apart from it, so that a node which is no voter loads nothing of Ratis.
final class TransportParameters {

    private TransportParameters() {}

    static Parameters of(Transport transport) {
        var parameters = new Parameters();
        switch (transport) {
            case Transport.Plain() -> {
            }
            case Transport.MutualTls tls -> secure(parameters, tls);
            case Transport.Severable(var tls, var hears) -> {
                secure(parameters, tls);
                GrpcConfigKeys.Server.setServicesCustomizer(parameters,
                        (server, _) -> server.intercept(new LostCalls(hears)));
            }
        }
        return parameters;
    }

    private static void secure(Parameters parameters, Transport.MutualTls tls) {
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
