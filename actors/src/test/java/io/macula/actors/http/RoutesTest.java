package io.macula.actors.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoutesTest {

    private final Routes routes = new Routes(Set.of("/health"));

    private Routes.Mount pages(String folder) {
        return active(routes.pages(folder, (path, _) -> Answer.Json.error(200, folder + path)));
    }

    private static Routes.Mount active(Routes.Mounted mounted) {
        return switch (mounted) {
            case Routes.Mounted.Active(var mount) -> mount;
            case Routes.Mounted.Refused(var message) -> throw new AssertionError(message);
        };
    }

    private Optional<Answer> answer(String path) {
        return routes.find(path)
                .map(found -> found.place() instanceof Place.Pages(var source, _)
                        ? source.answer(found.rest(), Map.of())
                        : new Answer.Missing());
    }

    @Test
    void nameAllPathsThatAreAnswered() {
        var gone = pages("/apps/a/");
        pages("/apps/b/");
        gone.close();

        assertThat(routes.paths()).containsExactly("/apps/b/", "/health");
    }

    @Test
    void leadToTheDeepestFolder() {
        pages("/");
        pages("/apps/a/");

        assertThat(answer("/apps/a/b/c")).contains(Answer.Json.error(200, "/apps/a/b/c"));
        assertThat(answer("/apps/b/c")).contains(Answer.Json.error(200, "/apps/b/c"));
        assertThat(answer("/")).contains(Answer.Json.error(200, "/"));
    }

    @Test
    void leadAFolderWithoutItsSlashToTheFolder() {
        pages("/apps/a/");

        assertThat(answer("/apps/a")).contains(new Answer.Folder());
        assertThat(answer("/apps/ab")).isEmpty();
        assertThat(answer("/apps")).isEmpty();
    }

    @Test
    void leadToASinglePageByItsWholePathOnly() {
        pages("/");
        active(routes.page("/figures", (path, _) -> Answer.Json.error(200, "figures" + path)));

        assertThat(answer("/figures")).contains(Answer.Json.error(200, "figures"));
        assertThat(answer("/figures/")).contains(Answer.Json.error(200, "/figures/"));
        assertThat(answer("/figures/a")).contains(Answer.Json.error(200, "/figures/a"));
        assertThat(routes.page("/health", (_, _) -> new Answer.Missing()))
                .isInstanceOf(Routes.Mounted.Refused.class);
        assertThatThrownBy(() -> routes.page("/figures/", (_, _) -> new Answer.Missing()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void leadNowhereFromAStrangePath() {
        pages("/");

        assertThat(answer("")).isEmpty();
    }

    @Test
    void keepOneForEachPathUntilItEnds() {
        var first = pages("/apps/a/");

        assertThat(routes.pages("/apps/a/", (_, _) -> new Answer.Missing()))
                .isInstanceOfSatisfying(Routes.Mounted.Refused.class,
                        refused -> assertThat(refused.message()).contains("/apps/a/ is taken"));
        first.close();
        assertThat(answer("/apps/a/")).isEmpty();
        pages("/apps/a/");
        first.close();
        assertThat(answer("/apps/a/")).isPresent();
    }

    @Test
    void leaveAloneWhatSomethingElseAnswersFor() {
        assertThat(routes.sockets("/health", new Told()))
                .isInstanceOf(Routes.Mounted.Refused.class);
    }

    @Test
    void areBounded() {
        for (var i = 0; i < Routes.MOUNTS_MAX; i++) {
            pages("/apps/" + i + "/");
        }

        assertThat(routes.pages("/more/", (_, _) -> new Answer.Missing()))
                .isInstanceOf(Routes.Mounted.Refused.class);
    }
}
