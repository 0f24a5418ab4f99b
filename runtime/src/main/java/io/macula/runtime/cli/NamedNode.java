package io.macula.runtime.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/// Which node of this machine somebody means by a word.
final class NamedNode {

    private NamedNode() {}

    /// A folder is that folder; another word is the name of a folder among those that nodes keep their data in, such as
    /// `gateway` or `peer`.
    static Path folder(Console console, String word) {
        var path = Path.of(word);
        return word.contains("/") || Files.isDirectory(path)
                ? path
                : new Loading(console.environment()).stateFolder().resolve(word);
    }
}
