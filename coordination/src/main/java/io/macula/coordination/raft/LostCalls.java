package io.macula.coordination.raft;

import java.security.cert.X509Certificate;
import java.util.function.Predicate;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.ratis.thirdparty.io.grpc.ForwardingServerCall;
import org.apache.ratis.thirdparty.io.grpc.ForwardingServerCallListener;
import org.apache.ratis.thirdparty.io.grpc.Grpc;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.ServerCallHandler;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptor;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.jspecify.annotations.Nullable;

/// Loses what callers say who are not to be heard, and what they would be answered. They notice nothing but silence. A
/// call that has lost something is of no more use: it fails at the first message that comes when its caller is heard
/// again, as a connection does that was cut for too long.
final class LostCalls implements ServerInterceptor {

    private final Predicate<X509Certificate> hears;

    LostCalls(Predicate<X509Certificate> hears) {
        this.hears = hears;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers,
            ServerCallHandler<Q, A> next) {
        var caller = caller(call);
        if (caller == null) {
            return next.startCall(call, headers);
        }
        var line = new Line<>(call, caller);
        return line.heardBy(next.startCall(line, headers));
    }

    /// Who calls; null when nobody proved it, which mutual TLS does not let happen.
    private static @Nullable X509Certificate caller(ServerCall<?, ?> call) {
        var session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        try {
            return session != null
                    && session.getPeerCertificates()[0] instanceof X509Certificate shown
                            ? shown
                            : null;
        } catch (SSLPeerUnverifiedException unproved) {
            return null;
        }
    }

    /// One call: its answers pass here, and its [#heardBy] what is asked.
    private final class Line<Q, A> extends ForwardingServerCall.SimpleForwardingServerCall<Q, A> {

        private final X509Certificate caller;
        private volatile boolean hasLost;

        Line(ServerCall<Q, A> call, X509Certificate caller) {
            super(call);
            this.caller = caller;
        }

        /// True while nothing may pass; what is not passed then is lost.
        private boolean isLost() {
            if (!hears.test(caller)) {
                hasLost = true;
            }
            return hasLost;
        }

        @Override
        public void sendHeaders(Metadata headers) {
            if (!isLost()) {
                super.sendHeaders(headers);
            }
        }

        @Override
        public void sendMessage(A answer) {
            if (!isLost()) {
                super.sendMessage(answer);
            }
        }

        @Override
        public void close(Status status, Metadata trailers) {
            if (!isLost()) {
                super.close(status, trailers);
            }
        }

        private void fail() {
            super.close(Status.UNAVAILABLE.withDescription("cut off meanwhile"), new Metadata());
        }

        ServerCall.Listener<Q> heardBy(ServerCall.Listener<Q> listener) {
            return new ForwardingServerCallListener.SimpleForwardingServerCallListener<>(listener) {
                @Override
                public void onMessage(Q asked) {
                    if (!isLost()) {
                        super.onMessage(asked);
                    } else if (hears.test(caller)) {
                        fail();
                    } else {
                        request(1); // nobody else asks for what comes next
                    }
                }

                @Override
                public void onHalfClose() {
                    if (!isLost()) {
                        super.onHalfClose();
                    } else if (!getMethodDescriptor().getType().clientSendsOneMessage()) {
                        fail(); // whoever ends a stream goes, and would wait for its end
                    }
                }
            };
        }
    }
}
