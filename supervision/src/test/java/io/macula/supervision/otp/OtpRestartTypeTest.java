package io.macula.supervision.otp;

import org.junit.jupiter.api.Test;

/// Which deaths are followed by a restart.
class OtpRestartTypeTest extends OtpSuite {

    @Test
    void permanent_normal() throws InterruptedException {
        asRecorded("permanent_normal");
    }

    @Test
    void transient_normal() throws InterruptedException {
        asRecorded("transient_normal");
    }

    @Test
    void temporary_normal() throws InterruptedException {
        asRecorded("temporary_normal");
    }

    @Test
    void permanent_shutdown() throws InterruptedException {
        asRecorded("permanent_shutdown");
    }

    @Test
    void transient_shutdown() throws InterruptedException {
        asRecorded("transient_shutdown");
    }

    @Test
    void temporary_shutdown() throws InterruptedException {
        asRecorded("temporary_shutdown");
    }

    @Test
    void permanent_abnormal() throws InterruptedException {
        asRecorded("permanent_abnormal");
    }

    @Test
    void transient_abnormal() throws InterruptedException {
        asRecorded("transient_abnormal");
    }

    @Test
    void temporary_abnormal() throws InterruptedException {
        asRecorded("temporary_abnormal");
    }

    @Test
    void temporary_bystander() throws InterruptedException {
        asRecorded("temporary_bystander");
    }
}
