package io.macula.supervision.otp;

import org.junit.jupiter.api.Test;

/// Who restarts with whom, and when a supervisor gives up.
class OtpStrategyTest extends OtpSuite {

    @Test
    void multiple_restarts() throws InterruptedException {
        asRecorded("multiple_restarts");
    }

    @Test
    void one_for_one() throws InterruptedException {
        asRecorded("one_for_one");
    }

    @Test
    void one_for_one_escalation() throws InterruptedException {
        asRecorded("one_for_one_escalation");
    }

    @Test
    void one_for_all() throws InterruptedException {
        asRecorded("one_for_all");
    }

    @Test
    void one_for_all_escalation() throws InterruptedException {
        asRecorded("one_for_all_escalation");
    }

    @Test
    void one_for_all_other_child_fails_restart() throws InterruptedException {
        asRecorded("one_for_all_other_child_fails_restart");
    }

    @Test
    void simple_one_for_one() throws InterruptedException {
        asRecorded("simple_one_for_one");
    }

    @Test
    void simple_one_for_one_escalation() throws InterruptedException {
        asRecorded("simple_one_for_one_escalation");
    }

    @Test
    void rest_for_one() throws InterruptedException {
        asRecorded("rest_for_one");
    }

    @Test
    void rest_for_one_escalation() throws InterruptedException {
        asRecorded("rest_for_one_escalation");
    }

    @Test
    void rest_for_one_other_child_fails_restart() throws InterruptedException {
        asRecorded("rest_for_one_other_child_fails_restart");
    }

    @Test
    void tree() throws InterruptedException {
        asRecorded("tree");
    }

    @Test
    void order_of_children() throws InterruptedException {
        asRecorded("order_of_children");
    }
}
