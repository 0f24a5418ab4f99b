package io.macula.supervision.testkit;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// One thing an exploration does to a tree: [Lab]'s methods as data, to be printed, left out and made
/// simpler.
public sealed interface Act {

    /// What acts there are.
    enum Kind {
        CRASH, KILL, CRASH_ON_MESSAGE, CRASH_IN_START, CRASH_IN_STOP, HANG, HANG_IN_START, DROP, DELAY, HOLD, RELEASE, DUPLICATE, REORDER, TIME_PASSES, TRAFFIC;

        /// Means nothing unless messages come.
        boolean needsTraffic() {
            return switch (this) {
                case CRASH_ON_MESSAGE, DROP, DELAY, HOLD, DUPLICATE, REORDER, TRAFFIC -> true;
                case CRASH, KILL, CRASH_IN_START, CRASH_IN_STOP, HANG, HANG_IN_START, RELEASE,
                        TIME_PASSES ->
                    false;
            };
        }

        /// May be done to a supervisor too.
        boolean fitsSupervisors() {
            return this == CRASH || this == KILL;
        }
    }

    /// Something done to the child at `place`.
    record At(Kind kind, String place, int n) implements Act {
        @Override
        public void on(Lab lab, Traffic traffic) {
            switch (kind) {
                case CRASH -> lab.crash(place);
                case KILL -> lab.kill(place);
                case CRASH_ON_MESSAGE -> lab.at(place).crashOn(When.nth(n));
                case CRASH_IN_START -> lab.at(place).crashInStart(When.times(n));
                case CRASH_IN_STOP -> lab.at(place).crashInStop();
                case HANG -> lab.at(place).hang();
                case HANG_IN_START -> lab.at(place).hangInStart(When.nth(n));
                case DROP -> lab.at(place).drop(When.every(n));
                case DELAY -> lab.at(place).delay(When.every(n), DELAY);
                case HOLD -> lab.at(place).hold();
                case RELEASE -> lab.at(place).release();
                case DUPLICATE -> lab.at(place).duplicate(When.every(n));
                case REORDER -> lab.at(place).reorder(When.every(n));
                case TIME_PASSES, TRAFFIC ->
                    throw new IllegalArgumentException("not done to a child: " + kind);
            }
        }

        @Override
        public String code() {
            var at = "lab.at(\"" + place + "\").";
            return switch (kind) {
                case CRASH -> "lab.crash(\"" + place + "\");";
                case KILL -> "lab.kill(\"" + place + "\");";
                case CRASH_ON_MESSAGE -> at + "crashOn(" + When.nth(n).code() + ");";
                case CRASH_IN_START -> at + "crashInStart(" + When.times(n).code() + ");";
                case CRASH_IN_STOP -> at + "crashInStop();";
                case HANG -> at + "hang();";
                case HANG_IN_START -> at + "hangInStart(" + When.nth(n).code() + ");";
                case DROP -> at + "drop(" + When.every(n).code() + ");";
                case DELAY -> at + "delay(" + When.every(n).code() + ", Duration.ofMillis("
                        + DELAY.toMillis() + "));";
                case HOLD -> at + "hold();";
                case RELEASE -> at + "release();";
                case DUPLICATE -> at + "duplicate(" + When.every(n).code() + ");";
                case REORDER -> at + "reorder(" + When.every(n).code() + ");";
                case TIME_PASSES, TRAFFIC -> "";
            };
        }

        @Override
        public List<Act> simpler() {
            return n > 1 ? List.of(new At(kind, place, 1)) : List.of();
        }
    }

    /// Time passes.
    record TimePasses(int millis) implements Act {
        @Override
        public void on(Lab lab, Traffic traffic) {
            lab.timePasses(Duration.ofMillis(millis));
        }

        @Override
        public String code() {
            return "lab.timePasses(Duration.ofMillis(" + millis + "));";
        }

        @Override
        public List<Act> simpler() {
            return Stream.of(1, 1_000)
                    .filter(less -> less < millis)
                    .<Act>map(TimePasses::new)
                    .toList();
        }
    }

    /// The user's messages.
    record Messages() implements Act {
        @Override
        public void on(Lab lab, Traffic traffic) {
            lab.rig().send(lab, traffic);
        }

        @Override
        public String code() {
            return "traffic.send(lab, tree);";
        }

        @Override
        public List<Act> simpler() {
            return List.of();
        }
    }

    /// How long an exploration delays messages.
    Duration DELAY = Duration.ofMillis(50);

    void on(Lab lab, Traffic traffic);

    /// As it is written in a test.
    String code();

    /// Acts that might do as well and say less, the simplest first.
    List<Act> simpler();
}
