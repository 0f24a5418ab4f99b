package io.macula.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Collections;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

class SpecTest {

    private static final Key<String> A = Key.of("a");
    private static final Key<String> B = Key.of("b");

    private static Child<String> child(Key<String> key) {
        return Child.of(key, Behaviors.empty());
    }

    @Test
    void printsAsAReadableTree() {
        var spec = Supervisor.restForOne()
                .intensity(5, Duration.ofSeconds(10))
                .child(child(A))
                .supervisor("workers",
                        Supervisor.oneForAll()
                                .child(child(B).restart(Restart.TEMPORARY)
                                        .shutdown(Shutdown.brutalKill())))
                .supervisor("peers", Supervisor.dynamic(100));

        assertThat(spec.render()).isEqualTo("""
            rest_for_one 5/10s
            ├─ a  permanent  5s
            ├─ workers  one_for_all 1/5s  permanent  infinity
            │  └─ b  temporary  brutal_kill
            └─ peers  dynamic 1/5s max 100  permanent  infinity""");
        assertThat(spec).hasToString(spec.render());
    }

    @Test
    void equalPartsMakeEqualSpecs() {
        var shared = child(A);

        assertThat(Supervisor.oneForOne().child(shared))
                .isEqualTo(Supervisor.oneForOne().child(shared))
                .isNotEqualTo(Supervisor.oneForAll().child(shared));
    }

    @Test
    void withersLeaveTheOriginalAsItWas() {
        var bare = Supervisor.oneForOne();

        bare.intensity(9, Duration.ofSeconds(9))
                .child(child(A))
                .abandonAfter(Duration.ofSeconds(1));

        assertThat(bare).isEqualTo(Supervisor.oneForOne());
    }

    @Test
    void refusesTwoChildrenOfOneName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Supervisor.oneForOne().child(child(A)).child(child(A)))
                .withMessageContaining("'a'");
    }

    @Test
    void refusesAPermanentSignificantChild() {
        var spec = Supervisor.oneForOne().autoShutdown(AutoShutdown.ANY_SIGNIFICANT);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> spec.child(child(A).significant(true)))
                .withMessageContaining("permanent");
    }

    @Test
    void refusesASignificantChildWithoutAutoShutdown() {
        assertThatIllegalArgumentException().isThrownBy(() -> Supervisor.oneForOne()
                .child(child(A).restart(Restart.TRANSIENT).significant(true)))
                .withMessageContaining("auto-shutdown");
    }

    @Test
    void refusesLimitsThatMakeNoSense() {
        var spec = Supervisor.oneForOne();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> spec.intensity(-1, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> spec.intensity(1, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> Supervisor.dynamic(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> spec.backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Shutdown.timeout(Duration.ofSeconds(-1)));
    }

    @Test
    void refusesIdsThatCannotStandInAPath() {
        assertThatIllegalArgumentException().isThrownBy(() -> Key.of("a/b"));
        assertThatIllegalArgumentException().isThrownBy(() -> Key.of(" "));
    }

    @Test
    void takesManyChildrenAtOnceAndCopiesThem() {
        var children = new java.util.ArrayList<Child<?>>(Collections.singletonList(child(A)));
        var spec = Supervisor.oneForOne().children(children);

        children.add(child(B));

        assertThat(spec.children()).hasSize(1);
    }

    @Test
    void backoffDoublesUpToItsMost() {
        var backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));

        assertThat(backoff.delay(1)).isEqualTo(Duration.ofMillis(100));
        assertThat(backoff.delay(3)).isEqualTo(Duration.ofMillis(400));
        assertThat(backoff.delay(5)).isEqualTo(Duration.ofSeconds(1));
        assertThat(backoff.delay(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(1));
        assertThat(Backoff.NONE.delay(7)).isZero();
    }

    @Test
    void pathsReadAsTheyPrint() {
        var path = TreePath.of("macula", "gateway_system", "gateway");

        assertThat(TreePath.parse(path.toString())).isEqualTo(path);
        assertThat(TreePath.parse("/macula")).isEqualTo(TreePath.of("macula"));
        assertThat(path.parent().id()).isEqualTo("gateway_system");
        assertThat(TreePath.parse("").parent().isEmpty()).isTrue();
    }
}
