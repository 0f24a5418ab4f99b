package io.macula.it.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// One Markdown page, for its fenced blocks.
record Document(Path file) {

    static final Path ROOT = Path.of(System.getProperty("macula.root", ".."))
            .toAbsolutePath()
            .normalize();

    private static final Pattern FENCE = Pattern.compile("( *)```(\\w*)");
    private static final Pattern EXPECTATION = Pattern.compile("(.*?)\\s+# (.*)");
    private static final Pattern VALUE = Pattern.compile(
            "(?:prints )?(true|false|-?[0-9]+|\\{.*\\})");

    /// The text of one fenced block.
    record Block(String place, String language, List<String> lines) {

        String text() {
            return String.join("\n", lines);
        }

        /// Its command lines, without comments, with continued lines in one.
        List<Command> commands() {
            return String.join("\n", lines)
                    .replaceAll("\\\\\\n\\s*", "")
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(line -> Command.of(place, line))
                    .toList();
        }
    }

    /// One command line.
    ///
    /// @param printed
    ///            what the comment behind it says it prints; empty when it does not say
    record Command(String place, String line, String printed) {

        static Command of(String place, String text) {
            var commented = EXPECTATION.matcher(text);
            if (!commented.matches()) {
                return new Command(place, text, "");
            }
            var value = VALUE.matcher(commented.group(2));
            return new Command(place, commented.group(1), value.matches() ? value.group(1) : "");
        }

        boolean isMacula() {
            return line.startsWith("./macula ");
        }

        /// True for the commands that run until they are stopped.
        boolean isServer() {
            return Stream.of("node start", "sub", "serve")
                    .anyMatch(name -> line.startsWith("./macula " + name + " "));
        }

        @Override
        public String toString() {
            return place + ": " + line;
        }
    }

    static Document of(String path) {
        return new Document(ROOT.resolve(path));
    }

    /// README.md and every page below docs.
    static List<Document> all() {
        try (var pages = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(Stream.of(of("README.md")),
                    pages.filter(page -> page.toString().endsWith(".md"))
                            .sorted()
                            .map(Document::new))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The blocks of one language, in their order.
    List<Block> blocks(String language) {
        return blocks().stream().filter(block -> block.language().equals(language)).toList();
    }

    /// The block that holds this text.
    Block blockWith(String language, String text) {
        return blocks(language).stream()
                .filter(block -> block.text().contains(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no block of " + file + " holds " + text));
    }

    private List<Block> blocks() {
        var blocks = new ArrayList<Block>();
        Optional<Block> open = Optional.empty();
        var number = 0;
        for (var line : lines()) {
            number++;
            var fence = FENCE.matcher(line);
            if (!fence.matches()) {
                open.ifPresent(block -> block.lines().add(line));
            } else if (open.isPresent()) {
                blocks.add(open.get());
                open = Optional.empty();
            } else {
                open = Optional.of(new Block(ROOT.relativize(file) + ":" + number,
                        fence.group(2), new ArrayList<>()));
            }
        }
        return blocks;
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
