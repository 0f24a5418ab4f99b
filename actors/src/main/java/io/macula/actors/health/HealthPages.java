package io.macula.actors.health;

import io.macula.actors.http.Answer;
import io.macula.actors.http.PageSource;
import io.macula.actors.http.Place;
import io.macula.actors.http.Site;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// `/health`, `/ready` and `/live` as JSON, before everything else that a node serves. `/health` and `/ready`
/// answer 503 while the node starts or drains; `/live` answers 200 as long as the process can answer
/// at all. They answer whatever name the node is asked by: probes go by many.
final class HealthPages implements Site {

    private static final String HEALTH = "/health";
    private static final String READY = "/ready";
    private static final String LIVE = "/live";

    /// The paths that are answered here.
    static final Set<String> PATHS = Set.of(HEALTH, READY, LIVE);

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
        return new Answer.Json(now.isServing() ? 200 : 503, "{\"ready\":" + now.isServing()
                + ",\"status\":\"" + now.status() + "\"}");
    }
}
