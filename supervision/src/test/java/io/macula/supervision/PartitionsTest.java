package io.macula.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PartitionsTest {

    private static final ActorTestKit KIT = ActorTestKit.create();

    @AfterAll
    static void end() {
        KIT.shutdownTestKit();
    }

    private static Partitions<String> silent(int count) {
        return Partitions.of(count, _ -> Behaviors.empty());
    }

    @Test
    void routesWholeNumbersByRemainderWhateverTheirSign() {
        var partitions = silent(4);

        assertThat(partitions.index(7)).isEqualTo(3);
        assertThat(partitions.index(-7)).isEqualTo(3);
        assertThat(partitions.index(Integer.MIN_VALUE)).isZero();
        assertThat(partitions.index(Long.MIN_VALUE + 1)).isEqualTo(3);
    }

    @Test
    void routesAnythingElseByItsHashAlwaysTheSame() {
        var partitions = silent(5);

        assertThat(IntStream.range(0, 200)
                .map(i -> partitions.index("user-" + i))
                .distinct()
                .sorted()
                .toArray())
                .containsExactly(0, 1, 2, 3, 4);
        assertThat(partitions.index("user-1")).isEqualTo(partitions.index("user-" + 1));
    }

    @Test
    void needsAtLeastOnePartition() {
        assertThatIllegalArgumentException().isThrownBy(() -> silent(0));
        assertThat(Partitions.<String>perProcessor(_ -> Behaviors.empty()).count()).isPositive();
    }

    @Test
    void aKeyFindsItsPartitionAgainAfterARestart() {
        var probe = KIT.<String>createTestProbe();
        var partitions = Partitions.<String>of(3, index -> echo(index, probe.ref()::tell));
        var tree = TestTree.up(KIT, Supervisor.oneForOne().supervisor("parts", partitions.spec()));
        var ref = partitions.ref(tree.refs().at("parts"), 4);

        ref.tell("crash");
        tree.awaitStart("partition-1", 2);
        ref.tell("hello");

        probe.expectMessage("1 hello");
        assertThat(tree.supervision().snapshot(tree.path("parts")).orElseThrow().children())
                .extracting(Node::generation)
                .containsExactly(1, 2, 1);
        tree.stop();
    }

    private static Behavior<String> echo(int index, java.util.function.Consumer<String> listener) {
        return Behaviors.receiveMessage(message -> {
            if (message.equals("crash")) {
                throw new IllegalStateException("told to crash");
            }
            listener.accept(index + " " + message);
            return Behaviors.same();
        });
    }
}
