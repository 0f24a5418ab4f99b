package io.macula.benchmarks.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompilingTest {

    @TempDir Path tasks;

    private void thread(int id, String name, long user, long system) throws IOException {
        var folder = Files.createDirectories(tasks.resolve(Integer.toString(id)));
        Files.writeString(folder.resolve("comm"), name + "\n");
        Files.writeString(folder.resolve("stat"),
                "%d (%s) S 1 1 1 0 -1 4194304 10 0 0 0 %d %d 0 0 20 0 9 0 77 1 1\n".formatted(id,
                        name, user, system));
    }

    @Test
    void addsUpTheThreadsOfBothCompilersAndNoOthers() throws IOException {
        thread(7, "C1 CompilerThre", 12, 3);
        thread(8, "C2 CompilerThre", 100, 5);
        thread(9, "main", 4_000, 4_000);

        assertThat(new Compiling(tasks).millis()).isEqualTo(1_200);
    }

    @Test
    void aThreadThatEndsMeanwhileCountsNothing() throws IOException {
        thread(7, "C2 CompilerThre", 12, 3);
        Files.createDirectories(tasks.resolve("8"));

        assertThat(new Compiling(tasks).millis()).isEqualTo(150);
    }

    @Test
    void isNotQuietBeforeItHasBeenForAWhile() throws IOException, InterruptedException {
        thread(7, "C1 CompilerThre", 12, 3);

        assertThat(new Compiling(tasks).awaitQuiet(Duration.ofSeconds(1))).isFalse();
    }
}
