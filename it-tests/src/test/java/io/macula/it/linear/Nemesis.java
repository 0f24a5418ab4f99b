package io.macula.it.linear;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Kills, suspends and cuts off voters, the leader more often than not, and brings them back; now and then two
/// at a time, so that there is no majority. Who is cut off from the other voters is still heard by clients.
final class Nemesis implements Runnable {

    private final VoterProcesses voters;
    private final Recorder recorder;
    private final Random random;
    private final long untilNanos;

    Nemesis(VoterProcesses voters, Recorder recorder, Random random, long untilNanos) {
        this.voters = voters;
        this.recorder = recorder;
        this.random = random;
        this.untilNanos = untilNanos;
    }

    @Override
    public void run() {
        pause(300, 900);
        for (int i = 0; System.nanoTime() < untilNanos; i++) {
            int victim = victim();
            switch (i % (voters.canBeCut() ? 4 : 3)) {
                case 0 -> kill(victim);
                case 1 -> suspend(victim);
                case 3 -> isolate(victim);
                default -> suspendBoth(victim, (victim + 1) % VoterProcesses.SIZE);
            }
            pause(800, 1_600);
        }
    }

    private int victim() {
        int leader = voters.leader();
        recorder.note("leader " + leader);
        return leader < 0 || random.nextInt(4) == 0 ? random.nextInt(VoterProcesses.SIZE) : leader;
    }

    private void kill(int victim) {
        recorder.note("kill " + victim);
        voters.kill(victim);
        pause(500, 1_500);
        voters.resume(victim);
        recorder.note("resume " + victim);
    }

    private void suspend(int victim) {
        recorder.note("suspend " + victim);
        voters.suspend(victim);
        pause(1_200, 2_500);
        voters.wake(victim);
        recorder.note("wake " + victim);
    }

    private void isolate(int victim) {
        recorder.note("isolate " + victim);
        voters.isolate(victim);
        pause(1_200, 2_500);
        voters.mend();
        recorder.note("mend");
    }

    private void suspendBoth(int one, int other) {
        recorder.note("suspend " + one + " and " + other);
        voters.suspend(one);
        voters.suspend(other);
        pause(400, 1_200);
        voters.wake(one);
        voters.wake(other);
        recorder.note("wake both");
    }

    private void pause(int minMillis, int maxMillis) {
        LockSupport.parkNanos(
                TimeUnit.MILLISECONDS.toNanos(minMillis + random.nextInt(maxMillis - minMillis)));
    }
}
