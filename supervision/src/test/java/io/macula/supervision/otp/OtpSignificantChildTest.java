package io.macula.supervision.otp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.macula.supervision.AutoShutdown;
import io.macula.supervision.Child;
import io.macula.supervision.StartResult;
import io.macula.supervision.Supervisor;
import io.macula.supervision.TestTree;
import org.junit.jupiter.api.Test;

/// How significant children end their supervisor.
class OtpSignificantChildTest extends OtpSuite {

    @Test
    void nonsignificant_temporary() throws InterruptedException {
        asRecorded("nonsignificant_temporary");
    }

    @Test
    void nonsignificant_transient() throws InterruptedException {
        asRecorded("nonsignificant_transient");
    }

    @Test
    void significant_temporary() throws InterruptedException {
        asRecorded("significant_temporary");
    }

    @Test
    void significant_transient() throws InterruptedException {
        asRecorded("significant_transient");
    }

    @Test
    void significant_bystander() throws InterruptedException {
        asRecorded("significant_bystander");
    }

    @Test
    void significant_escalation() throws InterruptedException {
        asRecorded("significant_escalation");
    }

    @Test
    void significant_simple() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Supervisor.dynamic(5).autoShutdown(AutoShutdown.ANY_SIGNIFICANT));
        var tree = TestTree.up(kit, Supervisor.dynamic(5));

        assertThat(tree.start(Child.of(CHILD1, worker()).temporary().significant(true)))
                .isInstanceOf(StartResult.Refused.class);
        tree.stop();
    }
}
