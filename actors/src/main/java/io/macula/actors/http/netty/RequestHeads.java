package io.macula.actors.http.netty;

import io.macula.actors.http.RequestGate;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpContentException;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Passes on each request once all of it has come; only what is posted keeps its body. A body too long to
/// wait for makes the request a bad one. Reads on by itself until a request is whole.
final class RequestHeads extends ChannelInboundHandlerAdapter {

    /// What is read, and thrown away where no body is wanted, so that the answer comes through.
    private static final int BODY_BYTES_MAX = RequestGate.BODY_BYTES_MAX;

    private @Nullable HttpRequest head;
    private ByteArrayOutputStream body = new ByteArrayOutputStream(0);
    private int bodyBytes;

    /// A request with its body, as text.
    record Whole(HttpRequest head, String body) {}

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
        body = new ByteArrayOutputStream(0);
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
        var size = content.content().readableBytes();
        bodyBytes += size;
        if (bodyBytes > BODY_BYTES_MAX) {
            tooLong(context, request);
            return;
        }
        if (request.method().equals(HttpMethod.POST)) {
            var bytes = new byte[size];
            content.content().getBytes(content.content().readerIndex(), bytes);
            body.writeBytes(bytes);
        }
        if (content.decoderResult().isFailure()) {
            request.setDecoderResult(content.decoderResult());
            pass(context, request);
        } else if (content instanceof LastHttpContent) {
            pass(context, request);
        }
    }

    private void tooLong(ChannelHandlerContext context, HttpRequest request) {
        body = new ByteArrayOutputStream(0);
        request.setDecoderResult(
                DecoderResult.failure(new TooLongHttpContentException("the body is too long")));
        pass(context, request);
    }

    private void pass(ChannelHandlerContext context, HttpRequest request) {
        head = null;
        context.fireChannelRead(new Whole(request, body.toString(StandardCharsets.UTF_8)));
        body = new ByteArrayOutputStream(0);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (head != null) {
            context.read();
        }
        context.fireChannelReadComplete();
    }
}
