package io.macula.actors.dht;

import static io.macula.actors.link.fake.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.macula.actors.dht.OpenTasks.Task;
import io.macula.dht.lookup.Goal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class OpenTasksTest {

    private final OpenTasks tasks = new OpenTasks(3);

    private static Task find(int number) {
        return new Task.Find(Goal.NODES, node(number), 1, new CompletableFuture<>());
    }

    private static Task join() {
        return new Task.Join(List.of(), new CompletableFuture<>());
    }

    @Test
    void beginsInTheOrderOfTheQuestionsAndNotTooManyAtOnce() {
        var first = find(1);
        var second = find(2);
        tasks.add(first);
        tasks.add(second);

        assertThat(tasks.next(1, true)).contains(first);
        assertThat(tasks.next(1, true)).isEmpty();
        tasks.done(first);
        assertThat(tasks.next(1, true)).contains(second);
    }

    @Test
    void letsLookupsWaitUntilSomebodyIsKnown() {
        var find = find(1);
        var join = join();
        tasks.add(find);
        tasks.add(join);

        assertThat(tasks.next(10, false)).contains(join);
        assertThat(tasks.next(10, false)).isEmpty();
        assertThat(tasks.next(10, true)).contains(find);
    }

    @Test
    void refusesMoreThanItHolds() {
        assertThat(List.of(tasks.add(find(1)), tasks.add(find(2)), tasks.add(find(3)),
                tasks.add(find(4)))).containsExactly(true, true, true, false);
    }

    @Test
    void beginsAgainInTheOldOrderAfterARestart() {
        var all = List.of(find(1), find(2), find(3));
        all.forEach(tasks::add);
        tasks.next(10, true);
        tasks.next(10, true);

        tasks.restart();

        for (var task : all) {
            assertThat(tasks.next(10, true)).contains(task);
        }
    }

    @Test
    void handsBackWhatIsLeftWhenTheNodeStops() {
        var running = find(1);
        var waiting = find(2);
        tasks.add(running);
        tasks.add(waiting);
        tasks.next(1, true);

        assertThat(tasks.close()).containsExactly(running, waiting);
        assertThat(tasks.add(find(3))).isFalse();
        assertThat(tasks.count()).isZero();
    }
}
