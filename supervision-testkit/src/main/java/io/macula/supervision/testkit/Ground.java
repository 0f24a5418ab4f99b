package io.macula.supervision.testkit;

import io.macula.supervision.Spec;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where one run of an exploration takes place.
interface Ground {

    Lab lab();

    /// The tree is up.
    void start();

    /// Leaves nothing behind.
    ///
    /// @param broken the run ended badly, so that nothing of it can be used again
    void end(boolean broken);

    /// A lab whose trees are up, used once.
    static Ground of(Lab lab) {
        return new Ground() {
            @Override
            public Lab lab() {
                return lab;
            }

            @Override
            public void start() {}

            @Override
            public void end(boolean broken) {
                lab.close();
            }
        };
    }

    /// Labs in manual time, one used for many runs: an actor system takes longer to make than a run.
    final class Fields {

        private static final int USES_MAX = 200;

        private final Supplier<Spec> spec;
        private @Nullable Lab lab;
        private int uses;

        Fields(Supplier<Spec> spec) {
            this.spec = spec;
        }

        Ground prepared(long seed) {
            var current = lab;
            if (current == null) {
                current = Lab.withManualTime(seed);
                lab = current;
                uses = 0;
            } else {
                current.again(seed);
            }
            return new Field(current);
        }

        private final class Field implements Ground {

            private final Lab mine;

            Field(Lab mine) {
                this.mine = mine;
            }

            @Override
            public Lab lab() {
                return mine;
            }

            @Override
            public void start() {
                mine.start(spec.get());
            }

            @Override
            public void end(boolean broken) {
                if (broken || ++uses >= USES_MAX) {
                    lab = null;
                    mine.close();
                }
            }
        }
    }
}
