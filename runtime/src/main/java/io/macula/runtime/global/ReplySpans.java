package io.macula.runtime.global;

import io.macula.actors.trace.OpenSpan;
import io.macula.app.global.GlobalServices.Reply;

/// How a reply ends the span of its request.
final class ReplySpans {

    private ReplySpans() {}

    static void end(OpenSpan span, Reply reply) {
        switch (reply) {
            case Reply.Ok _ -> {
            }
            case Reply.Failed(var reason) -> span.failed("handler_error", reason);
            case Reply.NoQuorum(var message) -> span.failed("no_quorum", message);
            case Reply.NotHosted(var message) -> span.failed("not_hosted", message);
            case Reply.TimedOut(var message) -> span.failed("timeout", message);
            case Reply.Refused(var message) -> span.failed("refused", message);
        }
        span.end();
    }
}
