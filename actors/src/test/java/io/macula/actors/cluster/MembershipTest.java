package io.macula.actors.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macula.actors.cluster.ClusterView.State;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MembershipTest {

    private final Membership membership = new Membership("home");
    private final List<ClusterView> heard = new ArrayList<>();

    private static ClusterView view(int incarnation, State state) {
        return new ClusterView("home", state, incarnation, 0, null, List.of(), "");
    }

    @Test
    void tellsEachChangeOnceAndKeepsTheLast() {
        membership.subscribe(heard::add);

        membership.publish(view(1, State.SEEKING));
        membership.publish(view(1, State.SEEKING));
        membership.publish(view(1, State.UP));

        assertThat(heard).containsExactly(view(1, State.SEEKING), view(1, State.UP));
        assertThat(membership.view()).isEqualTo(view(1, State.UP));
    }

    @Test
    void anIncarnationThatIsOverSaysNothingMore() {
        membership.publish(view(2, State.STARTING));

        assertThat(membership.publish(view(1, State.UP))).isFalse();
        assertThat(membership.view()).isEqualTo(view(2, State.STARTING));
    }

    @Test
    void whoeverStoppedIsBackOnlyAsAnotherIncarnation() {
        membership.publish(view(1, State.STOPPED));

        assertThat(membership.publish(view(1, State.UP))).isFalse();
        assertThat(membership.publish(view(2, State.STARTING))).isTrue();
    }

    @Test
    void whoeverEndsHisSubscriptionHearsNothingMore() {
        var subscription = membership.subscribe(heard::add);
        subscription.close();
        subscription.close();

        membership.publish(view(1, State.UP));

        assertThat(heard).isEmpty();
    }

    @Test
    void aListenerThatFailsHarmsNobody() {
        membership.subscribe(_ -> {
            throw new IllegalStateException("on purpose");
        });
        membership.subscribe(heard::add);

        membership.publish(view(1, State.UP));

        assertThat(heard).hasSize(1);
    }

    @Test
    void takesNoMoreListenersThanItMay() {
        for (var number = 0; number < Membership.LISTENERS_MAX; number++) {
            membership.subscribe(heard::add);
        }

        assertThatThrownBy(() -> membership.subscribe(heard::add))
                .isInstanceOf(IllegalStateException.class);
    }
}
