package io.macula.actors.http.netty;

import io.macula.actors.http.Answer;
import io.macula.actors.http.Content;
import io.macula.actors.http.Target;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Date;

/// Puts answers into HTTP, with the headers that keep pages to themselves.
final class Responses {

    /// Scripts, styles, images, fonts and connections of this origin, nothing inline, no frame around it.
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; "
            + "form-action 'self'; frame-ancestors 'none'";

    private Responses() {}

    static FullHttpResponse of(Answer answer, Target target, HttpRequest request) {
        return switch (answer) {
            case Answer.File(var type, var content) -> file(type, content, request);
            case Answer.Json json -> json(json);
            case Answer.Text(var status, var type, var text) -> made(status, type, text);
            case Answer.Welcome(var json, var cookie) -> {
                var response = json(json);
                response.headers().set(HttpHeaderNames.SET_COOKIE, cookie);
                yield response;
            }
            case Answer.Folder() -> folder(target);
            case Answer.Missing() -> json(Answer.Json.error(404, "there is no such page"));
        };
    }

    static FullHttpResponse json(Answer.Json json) {
        return made(json.status(), "application/json", json.object() + "\n");
    }

    private static FullHttpResponse made(int status, String type, String text) {
        var response = response(status, Content.of(text));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, type)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        return response;
    }

    /// A browser keeps it and asks each time whether it is still the same.
    private static FullHttpResponse file(String type, Content content, HttpRequest request) {
        var known = request.headers().get(HttpHeaderNames.IF_NONE_MATCH);
        var response = known != null && content.isNamedBy(known)
                ? bare(304)
                : response(200, content);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, type)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-cache")
                .set(HttpHeaderNames.ETAG, content.tag());
        return response;
    }

    private static FullHttpResponse folder(Target target) {
        var response = json(new Answer.Json(307, "{}"));
        response.headers().set(HttpHeaderNames.LOCATION, target.asFolder());
        return response;
    }

    private static FullHttpResponse response(int status, Content content) {
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(status), Unpooled.wrappedBuffer(content.bytes()));
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, content.sizeBytes());
        return guarded(response);
    }

    private static FullHttpResponse bare(int status) {
        return guarded(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(status), Unpooled.EMPTY_BUFFER));
    }

    /// The head of an answer that has no end (HTML, 9.2.5: server-sent events).
    static HttpResponse stream() {
        var response = guarded(
                new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream")
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        HttpUtil.setTransferEncodingChunked(response, true);
        return response;
    }

    private static <T extends HttpResponse> T guarded(T response) {
        response.headers()
                .set(HttpHeaderNames.DATE, DateFormatter.format(new Date()))
                .set(HttpHeaderNames.CONTENT_SECURITY_POLICY, POLICY)
                .set("x-content-type-options", "nosniff")
                .set("referrer-policy", "no-referrer")
                .set("cross-origin-resource-policy", "same-origin")
                .set("cross-origin-opener-policy", "same-origin");
        return response;
    }
}
