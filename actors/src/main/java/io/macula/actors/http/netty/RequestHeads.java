package io.macula.actors.http.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpContentException;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/// Passes on the head of each request once all of it has come, without its body: nothing here wants one.
/// A body too long to wait for makes the request a bad one. Reads on by itself until a request is whole.
final class RequestHeads extends ChannelInboundHandlerAdapter {

    /// What is read and thrown away, so that the answer comes through.
    private static final int BODY_BYTES_MAX = 64 << 10;

    private @Nullable HttpRequest head;
    private int bodyBytes;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof HttpRequest request) {
                begins(context, request);
            }
            if (message instanceof HttpContent content) {
                goesOn(context, content);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    /// Nothing follows a head that is malformed, and who waits to be asked for its body is not kept waiting.
    private void begins(ChannelHandlerContext context, HttpRequest request) {
        head = request;
        bodyBytes = 0;
        if (request.decoderResult().isFailure()) {
            pass(context, request);
        } else if (HttpUtil.is100ContinueExpected(request)) {
            tooLong(context, request);
        }
    }

    private void goesOn(ChannelHandlerContext context, HttpContent content) {
        var request = head;
        if (request == null) {
            return;
        }
        bodyBytes += content.content().readableBytes();
        if (bodyBytes > BODY_BYTES_MAX) {
            tooLong(context, request);
        } else if (content.decoderResult().isFailure()) {
            request.setDecoderResult(content.decoderResult());
            pass(context, request);
        } else if (content instanceof LastHttpContent) {
            pass(context, request);
        }
    }

    private void tooLong(ChannelHandlerContext context, HttpRequest request) {
        request.setDecoderResult(
                DecoderResult.failure(new TooLongHttpContentException("no body is wanted")));
        pass(context, request);
    }

    private void pass(ChannelHandlerContext context, HttpRequest request) {
        head = null;
        context.fireChannelRead(request);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (head != null) {
            context.read();
        }
        context.fireChannelReadComplete();
    }
}
