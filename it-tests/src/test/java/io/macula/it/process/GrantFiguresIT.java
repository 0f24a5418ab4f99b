package io.macula.it.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.app.coordination.FenceGate;
import io.macula.runtime.cli.ExitCode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// Prints how long three members in processes of their own take until one of them grants a lock: begun anew, from disk, and after
/// the one whose voter led was killed or stopped; and looks at what the stopped one can do when it wakes up, and at who leads after
/// a restart. Not a part of the suite: `-Dmacula.coordination.figures=RUNS`.
@EnabledIfSystemProperty(named = "macula.coordination.figures", matches = "\\d+")
class GrantFiguresIT {

    private static final int RUNS = Integer.getInteger("macula.coordination.figures", 1);

    @Test
    void fromTheLaunchOfThreeMembersToTheFirstGrantAndAgainFromDisk() throws IOException {
        var afterReady = new ArrayList<Long>();
        var afterLaunch = new ArrayList<Long>();
        var fromDisk = new ArrayList<Long>();
        for (int run = 0; run < RUNS; run++) {
            try (var trio = new Trio()) {
                trio.start();
                trio.grant(0, "first");
                afterReady.add(told(millisSince(trio.readyNanos())));
                afterLaunch.add(told(millisSince(trio.begunNanos())));
                trio.terminate();
                trio.start();
                trio.grant(0, "again");
                fromDisk.add(told(millisSince(trio.begunNanos())));
            }
        }
        print("first grant after the third is ready", afterReady);
        print("first grant after the launch", afterLaunch);
        print("first grant after the launch, from disk", fromDisk);
    }

    @Test
    void fromTheKillOfTheLeadingMemberToTheNextGrant() throws IOException {
        var killed = new ArrayList<Long>();
        for (int run = 0; run < RUNS; run++) {
            try (var trio = new Trio()) {
                trio.start();
                trio.grant(0, "before");
                var leader = trio.leader();
                long began = System.nanoTime();
                trio.kill(leader);
                trio.grant((leader + 1) % 3, "after");
                killed.add(told(millisSince(began)));
            }
        }
        print("grant after kill -9 of the leading member", killed);
    }

    @Test
    void fromTheStopOfTheLeadingMemberToTheNextGrant() throws IOException {
        var stopped = new ArrayList<Long>();
        try (var trio = new Trio()) {
            trio.start();
            trio.grant(0, "before");
            for (int run = 0; run < RUNS; run++) {
                var leader = trio.leader();
                long began = System.nanoTime();
                trio.signal(leader, "STOP");
                trio.grant((leader + 1) % 3, "after" + run);
                stopped.add(told(millisSince(began)));
                trio.signal(leader, "CONT");
                for (int number = 0; number < 3; number++) {
                    trio.grant(number, "all" + run);
                }
            }
        }
        print("grant after SIGSTOP of the leading member", stopped);
    }

    /// A lock that is held through the member whose voter leads, which stops for longer than a lock outlives its holder.
    @Test
    void whoWasStoppedWakesUpWithAFenceThatIsRefused() throws IOException {
        var handedOn = new ArrayList<Long>();
        try (var trio = new Trio()) {
            trio.start();
            trio.grant(0, "before");
            for (int run = 0; run < RUNS; run++) {
                var lock = "guarded" + run;
                var stopped = trio.leader();
                var other = (stopped + 1) % 3;
                var late = trio.acquire(stopped, lock);
                var old = Trio.fence(late.awaitOut(line -> line.startsWith("granted")));
                long began = System.nanoTime();
                trio.signal(stopped, "STOP");
                var next = trio.acquire(other, lock, "--owner", "next", "--timeout", "1m");
                var newer = Trio.fence(next.awaitOut(line -> line.startsWith("granted")));
                handedOn.add(told(millisSince(began)));
                var gate = FenceGate.open();
                assertThat(gate.admits(newer)).isTrue();
                trio.signal(stopped, "CONT");

                assertThat(trio.acquire(stopped, lock, "--timeout", "3s").ended().code())
                        .as("asked through the one that led, while another one has it")
                        .isEqualTo(ExitCode.UNREACHABLE.number());
                assertThat(late.ended()).as("who had it before").satisfies(ended -> {
                    assertThat(ended.code()).isEqualTo(1);
                    assertThat(ended.err()).anyMatch(line -> line.contains("the lock is lost"));
                });
                assertThat(gate.admits(old)).as("%s after %s", old, newer).isFalse();
                next.terminate();
                assertThat(trio.grant(stopped, lock).isNewerThan(newer)).isTrue();
            }
        }
        print("grant of a lock whose holder was stopped, which outlives it by ten seconds",
                handedOn);
    }

    @Test
    void theRestartOfOneMemberThatDoesNotLeadChangesNoLeader() throws IOException {
        try (var trio = new Trio()) {
            trio.start();
            trio.grant(0, "before");
            for (int run = 0; run < RUNS; run++) {
                var leader = trio.leader();
                var held = trio.acquire(leader, "held" + run);
                held.awaitOut(line -> line.startsWith("granted"));
                var restarted = (leader + 1 + run % 2) % 3;

                trio.restart(restarted);
                trio.grant(restarted, "after" + run);

                assertThat(trio.leader()).as("leader after restart " + run).isEqualTo(leader);
                assertThat(held.isAlive()).as("who has a lock through the leader").isTrue();
                held.terminate();
            }
        }
        System.err.println(
                "restarts of one that does not lead: the same one leads after each of " + RUNS);
    }

    private static long millisSince(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
    }

    /// Each by itself as it comes, for a run that is ended before its end.
    private static long told(long millis) {
        System.err.println(
                "  " + LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + " " + millis + " ms");
        return millis;
    }

    private static void print(String what, List<Long> millis) {
        var sorted = millis.stream().sorted().toList();
        System.err.println(what + ": median " + sorted.get(sorted.size() / 2) + " ms, p95 "
                + sorted.get((int) Math.ceil(sorted.size() * 0.95) - 1) + " ms, max "
                + sorted.getLast() + " ms, of " + sorted.size() + " " + millis + "; load average "
                + ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
}
