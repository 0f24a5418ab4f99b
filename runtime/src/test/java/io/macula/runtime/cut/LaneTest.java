package io.macula.runtime.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// The order in which events pass.
class LaneTest {

    @Test
    void anEventThatCausesOneIsOverBeforeThatOneBegins() {
        var seen = new ArrayList<String>();
        var lane = new Lane(() -> false);

        lane.pass(() -> {
            lane.pass(() -> seen.add("second"));
            seen.add("first");
        });

        assertThat(seen).containsExactly("first", "second");
    }

    @Test
    void anEventThatFailsHoldsUpNoOther() {
        var seen = new ArrayList<String>();
        var lane = new Lane(() -> false);

        assertThatIllegalStateException().isThrownBy(() -> lane.pass(() -> {
            throw new IllegalStateException("on purpose");
        }));
        lane.pass(() -> seen.add("next"));

        assertThat(seen).containsExactly("next");
    }

    @Test
    void whatIsHeldAtTheEndIsLost() {
        var isCut = new AtomicBoolean(true);
        var seen = new ArrayList<String>();
        var lane = new Lane(isCut::get);
        lane.pass(() -> seen.add("held"));

        lane.end();
        isCut.set(false);
        lane.flush();
        lane.pass(() -> seen.add("late"));

        assertThat(seen).isEmpty();
    }

    @Test
    void eventsOfManyThreadsPassOneAtATimeWhileTheWayIsCutAndHealed() {
        var isCut = new AtomicBoolean();
        var lane = new Lane(isCut::get);
        var inside = new AtomicInteger();
        var seen = new ConcurrentLinkedQueue<Integer>();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int thread = 0; thread < 8; thread++) {
                threads.execute(() -> {
                    for (int event = 0; event < 500; event++) {
                        isCut.set(event % 7 == 0);
                        lane.pass(() -> seen.add(inside.incrementAndGet()
                                + inside.decrementAndGet()));
                        isCut.set(false);
                        lane.flush();
                    }
                });
            }
        }
        isCut.set(false);
        lane.flush();

        assertThat(seen).hasSize(4_000).containsOnly(1);
    }
}
