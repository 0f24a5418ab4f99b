package io.macula.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InterferenceTest {

    private static final Key<String> A = Key.of("a");

    private final ActorTestKit kit = ActorTestKit.create();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final TestTree tree = TestTree.up(kit, Supervisor.oneForOne()
            .supervisor("sub", Supervisor.oneForOne().child(A, Behaviors.receiveMessage(message -> {
                seen.add(message);
                return Behaviors.same();
            }))));

    @AfterEach
    void end() {
        kit.shutdownTestKit();
    }

    /// Notes what it is asked; loses "lost", turns "old" into "new" and crashes on "bad".
    private final class Notes implements Interference {
        @Override
        public void starts(TreePath child, ActorRef<?> self) {
            asked.add("starts " + child.id());
        }

        @Override
        public @Nullable Object receives(TreePath child, Object message) {
            asked.add("receives " + message);
            return switch ((String) message) {
                case "lost" -> null;
                case "old" -> "new";
                case "bad" -> throw new IllegalStateException("bad");
                default -> message;
            };
        }

        @Override
        public void stops(TreePath child) {
            asked.add("stops " + child.id());
        }
    }

    @Test
    void decidesWhatAChildIsGivenAndWhenItCrashes() {
        var child = tree.refs().at("sub").get(A);
        tree.supervision().interfere(new Notes());

        List.of("1", "lost", "old", "bad").forEach(child::tell);
        tree.awaitStart("a", 2);
        tree.stop();

        assertThat(seen).containsExactly("1", "new");
        assertThat(asked).containsExactly("receives 1", "receives lost", "receives old",
                "receives bad", "starts a", "stops a");
    }

    @Test
    void isOverWhenClosedAndOnlyOneAtATime() {
        var child = tree.refs().at("sub").get(A);
        var first = tree.supervision().interfere(new Notes());

        assertThatIllegalStateException()
                .isThrownBy(() -> tree.supervision().interfere(new Notes()))
                .withMessage("something interferes with this system already");
        first.close();
        child.tell("lost");
        tree.supervision().interfere(new Notes()).close();
        tree.supervision().crash(tree.path("sub", "a"), new IllegalStateException("crash"));
        tree.awaitStart("a", 2);

        assertThat(seen).containsExactly("lost");
        assertThat(asked).isEmpty();
        tree.stop();
    }

    @Test
    void aStepRunsInTheChildsThreadAndItsResultIsAMessage() {
        tree.supervision().interfere(new Notes());
        var child = tree.path("sub", "a");

        assertThat(tree.supervision().inject(child, () -> "lost")).isTrue();
        assertThat(tree.supervision().inject(child, () -> {
            throw new IllegalStateException("from inside");
        })).isTrue();

        tree.awaitStart("a", 2);
        assertThat(seen).containsExactly("lost");
        assertThat(tree.supervision().inject(tree.path("sub"), () -> null)).isFalse();
        assertThat(tree.supervision().inject(tree.path("nobody"), () -> null)).isFalse();
        tree.stop();
    }
}
