package io.macula.actors.http;

import java.util.Map;

/// Has the answers below one path. Asked on threads that may block, several at a time.
@FunctionalInterface
public interface PageSource {

    /// @param path decoded, below the place that is served, without a slash at its beginning; it has no segment
    ///             that is `.` or `..` or that holds a slash, and ends with a slash (or is empty)
    ///             for a folder
    /// @param query of a repeated key the first value
    Answer answer(String path, Map<String, String> query);
}
