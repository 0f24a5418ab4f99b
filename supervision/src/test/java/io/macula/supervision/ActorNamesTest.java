package io.macula.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.pekko.actor.ActorPath;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActorNamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"worker", "a b", "ä~1", "100%", "ws://here?", "~", "$x", "日本"})
    void giveTheIdBackWhateverItIs(String id) {
        var name = ActorNames.of(id, 12);

        assertThat(ActorPath.isValidPathElement(name)).isTrue();
        assertThat(ActorNames.id(name)).isEqualTo(id);
        assertThat(ActorNames.id(name + "~345")).as("with what tells abandoned actors apart")
                .isEqualTo(id);
    }

    @Test
    void areLeftPlainWhereTheyCanBe() {
        assertThat(ActorNames.of("worker-7", 2)).isEqualTo("worker-7~2");
    }

    @Test
    void anIdThatNoEncodingGivesBackIsSupervisedLikeAnyOther() {
        var id = "half a pair \ud800";
        var kit = ActorTestKit.create();
        try {
            var tree = TestTree.up(kit, Supervisor.oneForOne()
                    .child(Key.<String>of(id), _ -> Behaviors.receiveMessage(_ -> {
                        throw new IllegalStateException("told to crash");
                    })));

            tree.ref(Key.<String>of(id)).tell("crash");
            tree.awaitStart(id, 2);

            assertThat(tree.counts().active()).isEqualTo(1);
        } finally {
            kit.shutdownTestKit();
        }
    }
}
