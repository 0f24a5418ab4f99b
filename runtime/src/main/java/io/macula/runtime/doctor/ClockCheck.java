package io.macula.runtime.doctor;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/// Whether this machine's clock goes with the others'. Records of the DHT and changes of shared state carry times, and others
/// refuse those of a clock that is far ahead.
final class ClockCheck {

    /// The time in an answer has whole seconds.
    static final Duration SKEW_MAX = Duration.ofSeconds(2);

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /// systemd has this file while its clock is set by the network.
    private static final Path SYNCHRONISED = Path.of("/run/systemd/timesync/synchronized");

    private static final String REMEDY = "let the network set the clocks of all machines (chrony, systemd-timesyncd, ntpd)";

    private ClockCheck() {}

    /// What this machine says of itself.
    static Finding own() {
        return Files.exists(SYNCHRONISED)
                ? Finding.ok("clock", "it is set by the network")
                : Finding.warning("clock", "whether the network sets it is not known",
                        "compare it with another node: --clock-of http://HOST:9080");
    }

    /// What the running node has seen of others.
    static Finding seen(long skewedChanges) {
        return skewedChanges == 0
                ? own()
                : Finding.wrong("clock",
                        skewedChanges + " changes of other nodes had a time too far"
                                + " ahead of this machine's",
                        REMEDY);
    }

    /// Against the clock of a node that serves HTTP.
    static Finding against(URI node) {
        try (var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            var request = HttpRequest.newBuilder(node.resolve("/live")).timeout(PATIENCE).build();
            var before = Instant.now();
            var answer = client.send(request, BodyHandlers.discarding());
            var after = Instant.now();
            return answer.headers()
                    .firstValue("date")
                    .map(date -> compare(parse(date), before, after))
                    .orElseGet(() -> unanswered(node, "it does not tell the time"));
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            return unanswered(node, e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unanswered(node, "interrupted");
        }
    }

    private static Finding unanswered(URI node, String why) {
        return Finding.wrong("clock", node + " cannot be asked for the time (" + why + ")",
                "give the HTTP address of a node that runs: http://HOST:9080");
    }

    private static Instant parse(String date) {
        return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    }

    static Finding compare(Instant theirs, Instant before, Instant after) {
        var ahead = Duration.between(theirs.plusSeconds(1), before); // ours, at least
        var behind = Duration.between(after, theirs);
        if (ahead.compareTo(SKEW_MAX) > 0) {
            return Finding.wrong("clock", "this machine's clock is " + ahead.toSeconds()
                    + " s ahead", REMEDY);
        }
        return behind.compareTo(SKEW_MAX) > 0
                ? Finding.wrong("clock", "this machine's clock is " + behind.toSeconds()
                        + " s behind", REMEDY)
                : Finding.ok("clock", "it goes with the other node's");
    }
}
