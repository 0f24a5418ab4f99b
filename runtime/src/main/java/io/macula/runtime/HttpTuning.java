package io.macula.runtime;

import io.macula.actors.http.HttpLimits;
import java.util.List;

/// What a node's HTTP port allows, each with its key in `reference.conf`.
///
/// @param names
///            by which browsers may mean this node, beside its address
/// @param fileMaxBytes
///            the longest file that is served
/// @param console
///            what is served at `/`
public record HttpTuning(List<String> names, int fileMaxBytes, HttpLimits limits,
        ConsoleTuning console) {

    /// What `reference.conf` says.
    public static final HttpTuning DEFAULT = new HttpTuning(List.of(), 8 << 20, HttpLimits.DEFAULT,
            ConsoleTuning.DEFAULT);

    public HttpTuning {
        names = List.copyOf(names);
    }
}
