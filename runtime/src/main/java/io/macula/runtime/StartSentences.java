package io.macula.runtime;

import io.macula.actors.gateway.GatewayQuicServer;
import io.macula.actors.health.NodeHealth;
import io.macula.actors.state.StateReplicator;

/// Turns the reason why a tree did not start into a sentence for a user.
final class StartSentences {

    private StartSentences() {}

    static StartFailure of(Throwable why) {
        for (Throwable cause = why; cause != null; cause = cause.getCause()) {
            if (cause instanceof GatewayQuicServer.CannotListenException
                    || cause instanceof NodeHealth.CannotServeException
                    || cause instanceof StateReplicator.NoStoreException) {
                return new StartFailure(StartFailure.Kind.FAILED, sentence(cause));
            }
        }
        return new StartFailure(StartFailure.Kind.FAILED,
                "the node did not start: " + sentence(why));
    }

    private static String sentence(Throwable cause) {
        var message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
