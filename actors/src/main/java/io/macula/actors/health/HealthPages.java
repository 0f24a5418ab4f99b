package io.macula.actors.health;

import io.macula.actors.http.Answer;
import io.macula.actors.http.PageSource;
import io.macula.actors.http.Place;
import io.macula.actors.http.Site;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// `/health`, `/ready`, `/startup` and `/live` as JSON, before everything else that a node serves. `/health` and
/// `/ready` answer 503 while the node starts or drains, and when a part that it needs is not fine; `/startup`
/// answers 503 until it has come up once; `/live` answers 200 as long as the process can answer at all. They answer whatever name the node is asked by: probes go by many.
final class HealthPages implements Site {

    private static final String HEALTH = "/health";
    private static final String READY = "/ready";
    private static final String LIVE = "/live";
    private static final String STARTUP = "/startup";

    /// The paths that are answered here.
    static final Set<String> PATHS = Set.of(HEALTH, READY, LIVE, STARTUP);

    private final Supplier<HealthReport> report;
    private final Site others;

    /// @param others what stands at other paths
    HealthPages(Supplier<HealthReport> report, Site others) {
        this.report = report;
        this.others = others;
    }

    @Override
    public Optional<Found> find(String path) {
        return switch (path) {
            case HEALTH -> pages(this::health);
            case READY -> pages(this::ready);
            case LIVE -> pages((_, _) -> new Answer.Json(200, "{\"live\":true}"));
            case STARTUP -> pages(this::startup);
            default -> others.find(path);
        };
    }

    private static Optional<Found> pages(PageSource source) {
        return Optional.of(new Found(new Place.Pages(source, false), ""));
    }

    private Answer health(String path, Map<String, String> query) {
        var now = report.get();
        return new Answer.Json(now.isServing() ? 200 : 503, now.toJson());
    }

    private Answer ready(String path, Map<String, String> query) {
        var now = report.get();
        return new Answer.Json(now.isServing() ? 200 : 503, now.readinessJson());
    }

    private Answer startup(String path, Map<String, String> query) {
        var hasStarted = report.get().hasStarted();
        return new Answer.Json(hasStarted ? 200 : 503, "{\"started\":" + hasStarted + "}");
    }
}
