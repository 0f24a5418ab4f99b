package io.macula.actors.http.netty;

import io.macula.actors.http.Answer;
import io.macula.actors.http.RequestGate.Verdict;
import io.macula.actors.http.RequestHead;
import io.macula.actors.http.Target;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpContentException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection that speaks HTTP: a request, its answer, the next request. Runs on the server's thread;
/// answers are made on others.
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells by events what became of it
final class HttpConnection extends SimpleChannelInboundHandler<RequestHeads.Whole> {

    static final String IDLE = "idle";
    static final String HEADS = "heads";

    private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);

    /// Requests that a browser may send before it has heard the answer to the first.
    private static final int AHEAD_MAX = 32;

    private final Desk desk;
    private final Queue<RequestHeads.Whole> ahead = new ArrayDeque<>();
    private @Nullable ScheduledFuture<?> deadline;
    private boolean isBusy;
    private boolean isAnswering;

    HttpConnection(Desk desk) {
        super(false); // a head holds no memory of Netty's
        this.desk = desk;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        awaitRequest(context);
        context.fireChannelActive();
    }

    private void awaitRequest(ChannelHandlerContext context) {
        isBusy = false;
        isAnswering = false;
        var next = ahead.poll();
        if (next != null) {
            begin(context, next);
            return;
        }
        deadline = context.executor()
                .schedule(() -> context.close(), desk.limits().requestTimeout().toMillis(),
                        TimeUnit.MILLISECONDS);
        context.read();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, RequestHeads.Whole request) {
        if (!isBusy) {
            stopDeadline();
            begin(context, request);
        } else if (ahead.size() < AHEAD_MAX) {
            ahead.add(request);
        } else {
            context.close();
        }
    }

    private void begin(ChannelHandlerContext context, RequestHeads.Whole whole) {
        isBusy = true;
        var request = whole.head();
        var cause = request.decoderResult().cause();
        if (cause != null) {
            HttpUtil.setKeepAlive(request, false);
            refuse(context, request, statusOf(cause), "this request is malformed or too long",
                    Map.of());
            return;
        }
        var head = new RequestHead(request.method().name(), request.uri(),
                name -> request.headers().getAll(name));
        switch (desk.gate().judge(head)) {
            case Verdict.Refuse(var status, var message, var headers) ->
                refuse(context, request, status, message, headers);
            case Verdict.Decline(var answer) ->
                write(context, request, Responses.json(answer), () -> {});
            case Verdict.Ask ask -> answer(context, request, ask.target(),
                    () -> ask.source().answer(ask.rest(), ask.target().query()));
            case Verdict.Act(var source, var visit, var target) -> answer(context, request, target,
                    () -> source.answer(visit, whole.body()));
            case Verdict.Tell tell -> tell(context, request, tell);
            case Verdict.Connect connect -> connect(context, request, connect);
        }
    }

    private static int statusOf(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException _ -> 414;
            case TooLongHttpHeaderException _ -> 431;
            case TooLongHttpContentException _ -> 413;
            default -> 400;
        };
    }

    private void answer(ChannelHandlerContext context, HttpRequest request, Target target,
            Supplier<Answer> source) {
        if (!desk.requests().tryAcquire()) {
            refuse(context, request, 503, "too many requests at once", Map.of());
            return;
        }
        desk.executor().execute(() -> {
            var response = Responses.of(answer(target, source), target, request);
            try {
                context.executor()
                        .execute(() -> write(context, request, response,
                                desk.requests()::release));
            } catch (RejectedExecutionException e) {
                response.release(); // the server has closed meanwhile
            }
        });
    }

    private static Answer answer(Target target, Supplier<Answer> source) {
        try {
            return source.get();
        } catch (RuntimeException | LinkageError e) {
            LOG.atWarn()
                    .addKeyValue("path", target.path())
                    .setCause(e)
                    .log("a page could not be made");
            return Answer.Json.error(500, "this page could not be made");
        }
    }

    private void tell(ChannelHandlerContext context, HttpRequest request, Verdict.Tell tell) {
        if (!request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
            refuse(context, request, 400, "a stream needs HTTP/1.1", Map.of());
        } else if (!desk.sockets().tryAcquire()) {
            refuse(context, request, 503, "too many sockets at once", Map.of());
        } else {
            stream(context, request, tell);
        }
    }

    private void stream(ChannelHandlerContext context, HttpRequest request, Verdict.Tell tell) {
        var stream = new EventStream(context.channel(), tell, desk);
        if (stream.enters()) {
            context.channel().closeFuture().addListener(_ -> desk.sockets().release());
            stream.begins(context);
        } else {
            desk.sockets().release();
            refuse(context, request, 404, "there is no such page", Map.of());
        }
    }

    private void connect(ChannelHandlerContext context, HttpRequest request,
            Verdict.Connect connect) {
        if (!desk.sockets().tryAcquire()) {
            refuse(context, request, 503, "too many sockets at once", Map.of());
            return;
        }
        var socket = new SocketConnection(context.channel(), connect, desk);
        if (socket.enters()) {
            context.channel().closeFuture().addListener(_ -> desk.sockets().release());
            Upgrade.perform(context, request, socket, desk);
        } else {
            desk.sockets().release();
            refuse(context, request, 404, "there is no such page", Map.of());
        }
    }

    private void refuse(ChannelHandlerContext context, HttpRequest request, int status,
            String message, Map<String, String> headers) {
        var response = Responses.json(Answer.Json.error(status, message));
        headers.forEach((name, value) -> response.headers().set(name, value));
        write(context, request, response, () -> {});
    }

    private void write(ChannelHandlerContext context, HttpRequest request,
            FullHttpResponse response, Runnable written) {
        var isKept = HttpUtil.isKeepAlive(request);
        HttpUtil.setKeepAlive(response, isKept);
        isAnswering = true;
        context.writeAndFlush(response).addListener(done -> {
            written.run();
            if (isKept && done.isSuccess()) {
                awaitRequest(context);
            } else {
                context.close();
            }
        });
    }

    /// An answer that nobody takes: nothing of it went out since the event before.
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent idle && !idle.isFirst() && isAnswering) {
            context.close();
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        stopDeadline();
    }

    private void stopDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.atDebug().setCause(cause).log("an HTTP connection failed");
        context.close();
    }
}
