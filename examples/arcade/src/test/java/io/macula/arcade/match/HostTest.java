package io.macula.arcade.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.arcade.game.Direction;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostTest {

    private static final Instant NOW = Instant.EPOCH;
    private static final Pairing PAIRING = new Pairing("1-a-b", List.of(Theatre.ANN, Theatre.BEN),
            "c", "d", 42);

    @Test
    void tellsEverybodyOnceATick() {
        var step = Host.first(PAIRING, NOW).tick(NOW.plusMillis(50));

        assertThat(step.effects()).contains(new Effect.Publish(step.next().snapshot()));
        assertThat(step.next().snapshot().tick()).isEqualTo(1);
        assertThat(step.next().snapshot().authority()).isEqualTo(new Authority(1, "c"));
    }

    @Test
    void doesNotCatchUpInABurstAfterAPause() {
        var host = Host.first(PAIRING, NOW).tick(NOW.plusMillis(900)).next();

        var burst = host.tick(NOW.plusMillis(901));

        assertThat(burst.effects()).isEmpty();
        assertThat(burst.next()).isEqualTo(host);
    }

    @Test
    void callsItsStandbyOnceASecond() {
        var calls = 0;
        var host = Host.first(PAIRING, NOW);
        for (var i = 1; i <= 60; i++) {
            var step = host.tick(NOW.plusMillis(50L * i));
            calls += (int) step.effects().stream().filter(Effect.Call.class::isInstance).count();
            host = step.next();
        }

        assertThat(calls).isEqualTo(3);
    }

    @Test
    void takesEachTurnOnceHoweverOftenItComes() {
        var turns = new Turns(0, 1, List.of(Direction.UP));

        var host = Host.first(PAIRING, NOW).turns(turns).turns(turns);

        assertThat(host.acknowledged()).containsExactly(1L, 0L);
        assertThat(host.game().snake(0).turns()).containsExactly(Direction.UP);
    }

    @Test
    void takesWhatWasLostFromALaterMessageThatRepeatsIt() {
        var host = Host.first(PAIRING, NOW)
                .turns(new Turns(1, 1, List.of(Direction.UP, Direction.RIGHT)));

        assertThat(host.acknowledged()).containsExactly(0L, 2L);
        assertThat(host.game().snake(1).turns()).containsExactly(Direction.UP, Direction.RIGHT);
    }

    @Test
    void leavesOutLateTurns() {
        var host = Host.first(PAIRING, NOW)
                .turns(new Turns(0, 3, List.of(Direction.DOWN)))
                .turns(new Turns(0, 2, List.of(Direction.UP)));

        assertThat(host.acknowledged()).containsExactly(3L, 0L);
        assertThat(host.game().snake(0).turns()).containsExactly(Direction.DOWN);
    }

    @Test
    void leavesOutANumberFromNowhereThatWouldSilenceThePlayer() {
        var host = Host.first(PAIRING, NOW)
                .turns(new Turns(0, 1_000_000, List.of(Direction.UP)));

        assertThat(host).isEqualTo(Host.first(PAIRING, NOW));
    }

    @Test
    void reportsTheResultAgainAndAgainOnceTheGameIsOver() {
        var reports = 0;
        var host = Host.first(PAIRING, NOW);
        for (var i = 1; i <= 60 + 18 * 3 + 100; i++) {
            var step = host.tick(NOW.plusMillis(50L * i));
            for (var effect : step.effects()) {
                if (effect instanceof Effect.Report(var result)) {
                    reports++;
                    assertThat(result.winner()).isEqualTo(host.game().outcome().winner());
                    assertThat(result.epoch()).isEqualTo(1);
                }
            }
            host = step.next();
        }

        assertThat(host.game().isOver()).isTrue();
        assertThat(reports).isGreaterThan(2);
    }
}
