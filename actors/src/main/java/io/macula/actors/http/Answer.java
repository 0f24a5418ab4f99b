package io.macula.actors.http;

/// What is told to who asked for a page.
public sealed interface Answer {

    /// A file of a page: 200, or 304 to who has it already.
    ///
    /// @param type its media type, such as `text/css; charset=utf-8`
    record File(String type, Content content) implements Answer {}

    /// A JSON object that is made for this request and kept by nobody.
    record Json(int status, String object) implements Answer {

        /// @param message has nothing in it that JSON would have to escape
        public static Json error(int status, String message) {
            return new Json(status, "{\"error\":\"" + message + "\"}");
        }
    }

    /// The same, with a cookie to keep.
    ///
    /// @param cookie a `Set-Cookie` header (RFC 6265, 4.1)
    record Welcome(Json json, String cookie) implements Answer {}

    /// A text that is made for this request and kept by nobody.
    ///
    /// @param type its media type
    record Text(int status, String type, String text) implements Answer {}

    /// It is a folder: the same address with a slash behind it.
    record Folder() implements Answer {}

    record Missing() implements Answer {}
}
