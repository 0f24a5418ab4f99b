package io.macula.actors.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.wire.Bytes;
import io.macula.actors.wire.RpcReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RpcFramesTest {

    private static final Bytes ID = Bytes.utf8("request");
    private static final Bytes ME = Bytes.utf8("me");

    @Test
    void carriesAResultThereAndBack() {
        var ok = new CallOutcome.Ok(Bytes.utf8("8"));

        var reply = RpcFrames.reply(ID, Bytes.utf8("caller"), ME, ok);

        assertThat(reply.toNode()).isEqualTo(Bytes.utf8("caller"));
        assertThat(RpcFrames.outcome(reply)).isEqualTo(ok);
    }

    @ParameterizedTest
    @EnumSource(RpcError.class)
    void carriesEachErrorThereAndBack(RpcError error) {
        var failed = new CallOutcome.Failed(error, "why");

        assertThat(RpcFrames.outcome(RpcFrames.reply(ID, ME, ME, failed))).isEqualTo(failed);
    }

    @Test
    void shortensASentenceThatWouldMakeTheFrameTooLong() {
        var failed = new CallOutcome.Failed(RpcError.HANDLER_FAILED, "x".repeat(2_000_000));

        var message = RpcFrames.reply(ID, ME, ME, failed).errorMessage();

        assertThat(message).hasSize(RpcFrames.MESSAGE_CHARS_MAX).endsWith("x...");
    }

    @Test
    void takesAnErrorItDoesNotKnowForTheHandlers() {
        var reply = RpcReply.error(ID, ME, "quota_exceeded", "no more today");

        assertThat(RpcFrames.outcome(reply)).isEqualTo(
                new CallOutcome.Failed(RpcError.HANDLER_FAILED, "no more today"));
    }

    @Test
    void takesAnAnswerThatSaysNothingForAnEmptyResult() {
        var nothing = new RpcReply(ID, ME, null, null, null, null, null, null, null);

        assertThat(RpcFrames.outcome(nothing)).isEqualTo(new CallOutcome.Ok(Bytes.EMPTY));
    }
}
