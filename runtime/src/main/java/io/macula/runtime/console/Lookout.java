package io.macula.runtime.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.macula.actors.http.OpenSocket;
import io.macula.app.Topics;
import io.macula.dht.NodeId;
import io.macula.runtime.json.Json;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gathers what all nodes show while somebody looks, and tells each who looks what is new. Its thread lives
/// from the first viewer to the last; while there is none, it costs nothing.
final class Lookout {

    /// Browsers that look at once.
    static final int VIEWERS_MAX = 32;

    private static final Logger LOG = LoggerFactory.getLogger(Lookout.class);

    /// How often all nodes are asked, and how often one may be told something.
    private static final Duration PACE = Duration.ofSeconds(1);
    private static final Duration TELL_PACE = Duration.ofMillis(200);

    /// How often it is looked for nodes that are new.
    private static final Duration SEEK_PACE = Duration.ofSeconds(3);

    private final NodeId self;
    private final ConsoleTalk own;
    private final OtherNodes others;
    private final Topics topics;
    private final Clock clock;
    private final BlockingQueue<Word> words = new LinkedBlockingQueue<>();
    private final Set<OpenSocket> wanted = new HashSet<>();
    private boolean isRunning;

    // What follows belongs to the thread.
    private final Picture picture = new Picture();
    private final List<Looking> viewers = new ArrayList<>();
    private final Set<String> asked = new HashSet<>();
    private boolean isNews;

    private record Looking(OpenSocket stream, Viewer viewer) {}

    /// What the thread is told.
    private sealed interface Word {
        record Comes(OpenSocket stream) implements Word {}

        record Goes(OpenSocket stream) implements Word {}

        /// Something happened on this node.
        record Happened() implements Word {}

        record Found(List<NodeId> nodes) implements Word {}

        record Answered(NodeId node, Optional<String> answer) implements Word {}
    }

    Lookout(NodeId self, ConsoleTalk own, OtherNodes others, Topics topics,
            Clock clock) {
        this.self = self;
        this.own = own;
        this.others = others;
        this.topics = topics;
        this.clock = clock;
    }

    synchronized boolean hasRoom() {
        return wanted.size() < VIEWERS_MAX;
    }

    synchronized boolean isLookedAt() {
        return isRunning;
    }

    synchronized void comes(OpenSocket stream) {
        if (!wanted.add(stream)) {
            return;
        }
        words.add(new Word.Comes(stream));
        if (!isRunning) {
            isRunning = true;
            Thread.ofVirtual().name("macula-console").start(this::run);
        }
    }

    synchronized void goes(OpenSocket stream) {
        if (wanted.remove(stream)) {
            words.add(new Word.Goes(stream));
        }
    }

    /// Something happened here that is worth a look at once. From any thread.
    synchronized void happened() {
        if (isRunning && !(words.peek() instanceof Word.Happened)) {
            words.add(new Word.Happened());
        }
    }

    private void run() {
        var nextAsk = System.nanoTime();
        var nextSeek = nextAsk;
        do {
            try {
                hear(words.poll(PACE.toMillis(), TimeUnit.MILLISECONDS));
                var now = System.nanoTime();
                if (now - nextSeek >= 0) {
                    nextSeek = now + SEEK_PACE.toNanos();
                    seek();
                }
                if (now - nextAsk >= 0) {
                    nextAsk = now + PACE.toNanos();
                    askAll();
                    isNews = true;
                }
                if (isNews) {
                    isNews = false;
                    lookHere();
                }
                tell();
                TimeUnit.MILLISECONDS.sleep(TELL_PACE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.atWarn().setCause(e).log("the console could not look");
            }
        } while (!isOver());
    }

    private synchronized boolean isOver() {
        if (wanted.isEmpty() && words.isEmpty()) {
            isRunning = false;
            asked.clear();
            picture.rests();
        }
        return !isRunning;
    }

    /// That word, and all that are there.
    private void hear(@Nullable Word first) {
        var word = first;
        while (word != null) {
            switch (word) {
                case Word.Comes(var stream) -> {
                    viewers.add(new Looking(stream, new Viewer(stream, tail(stream))));
                    isNews = true;
                }
                case Word.Goes(var stream) -> leaves(stream);
                case Word.Happened() -> isNews = true;
                case Word.Found(var nodes) -> picture.areAbout(
                        nodes.stream().map(NodeId::hex).toList(), clock.instant());
                case Word.Answered(var node, var answer) -> answered(node.hex(), answer);
            }
            word = words.poll();
        }
    }

    private Optional<TopicTail> tail(OpenSocket stream) {
        return Optional.ofNullable(stream.query().get("tail"))
                .map(pattern -> TopicTail.of(pattern, topics, clock, this::happened));
    }

    private void leaves(OpenSocket stream) {
        viewers.removeIf(each -> {
            if (each.stream().equals(stream)) {
                each.viewer().leaves();
                return true;
            }
            return false;
        });
    }

    private void answered(String node, Optional<String> answer) {
        asked.remove(node);
        answer.flatMap(Lookout::object)
                .ifPresent(object -> picture.answered(node, object, clock.instant()));
    }

    private static Optional<JsonNode> object(String text) {
        return Json.parse(text) instanceof Json.Parsed.Value(var json) && json.isObject()
                && !json.has("code") ? Optional.of(json) : Optional.empty();
    }

    private Set<Section> sections() {
        var all = EnumSet.noneOf(Section.class);
        viewers.forEach(each -> all.addAll(each.viewer().wanted()));
        return all;
    }

    private void seek() {
        picture.areAbout(List.of(self.hex()), clock.instant());
        picture.forgetLongSilent(clock.instant());
        var _ = others.all().thenAccept(nodes -> words.add(new Word.Found(nodes)));
    }

    private void askAll() {
        var sections = sections();
        for (var id : picture.ids()) {
            if (!id.equals(self.hex()) && asked.add(id)) {
                picture.asked(id, clock.instant());
                ask(NodeId.parse(id).orElseThrow(), picture.question(id, sections));
            }
        }
    }

    private void ask(NodeId node, ObjectNode question) {
        var request = Json.object();
        request.set("read", question);
        var _ = others.ask(node, Json.write(request))
                .thenAccept(answer -> words.add(new Word.Answered(node, answer)));
    }

    private void lookHere() {
        picture.answered(self.hex(), own.read(picture.question(self.hex(), sections())),
                clock.instant());
    }

    private void tell() {
        for (var each : List.copyOf(viewers)) {
            if (!each.viewer().tell(picture, clock.instant())) {
                leaves(each.stream());
                goes(each.stream());
            }
        }
    }
}
