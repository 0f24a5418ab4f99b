package io.macula.arcade.lobby;

import static org.assertj.core.api.Assertions.assertThat;

import io.macula.arcade.game.Direction;
import io.macula.arcade.json.Json;
import io.macula.arcade.match.Pairing;
import io.macula.arcade.match.Player;
import io.macula.arcade.match.Result;
import io.macula.arcade.matchmaking.Limits;
import io.macula.arcade.matchmaking.Pulse;
import io.macula.arcade.matchmaking.Request;
import io.macula.arcade.matchmaking.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GuestsTest {

    private static final Instant NOW = Instant.EPOCH;
    private static final String ANN = "00000000000000a1";
    private static final Player BEN = new Player("00000000000000b2", "Ben", "b");
    private static final Pairing PAIRING = new Pairing("1-a-b",
            List.of(new Player(ANN, "Ann", "a"), BEN), "c", "b", 1);

    @Test
    void whoSaysHelloIsWelcomedAndLookedUp() {
        var step = hello(Guests.none("a"), "s1", NOW);

        assertThat(said(step, "s1")).extracting(json -> json.text("say", 16))
                .containsExactly("welcome", "looking");
        assertThat(step.effects()).contains(new LobbyEffect.Ask(ANN, new Request.Look(ANN)));
    }

    @Test
    void whoSaysAnythingElseFirstIsToldSo() {
        var step = Guests.none("a").said("s1", new PageMessage.Join(), NOW);

        assertThat(said(step, "s1")).singleElement()
                .satisfies(json -> assertThat(json.text("text", 99)).isEqualTo("say hello first"));
    }

    @Test
    void whoComesBackFromElsewhereGoesOnWithTheirMatch() {
        var looked = hello(Guests.none("a"), "s1", NOW).next()
                .stands(ANN, new Standing.Playing(PAIRING, 3), NOW);

        assertThat(looked.effects()).contains(new LobbyEffect.Ask(ANN,
                new Request.Join(new Player(ANN, "Ann", "a"))));

        var step = looked.next().stands(ANN, new Standing.Playing(PAIRING, 3), NOW);

        assertThat(step.effects()).contains(new LobbyEffect.Open(PAIRING, false));
        assertThat(said(step, "s1")).singleElement()
                .satisfies(json -> assertThat(json.text("say", 16)).isEqualTo("match"));
    }

    @Test
    void aNewMatchIsOpenedHereAndCalledOutToTheOthers() {
        var step = asking().stands(ANN, new Standing.Playing(PAIRING, 0), NOW);

        assertThat(step.effects()).contains(new LobbyEffect.Open(PAIRING, true),
                new LobbyEffect.Call("c", PAIRING, 0), new LobbyEffect.Call("b", PAIRING, 0));
        assertThat(step.effects()).doesNotContain(new LobbyEffect.Call("a", PAIRING, 0));
    }

    @Test
    void whoWaitsIsSeatedWhenAnotherNodeCalls() {
        var step = waiting().called(PAIRING, 0);

        assertThat(step.effects()).contains(new LobbyEffect.Open(PAIRING, true));
        assertThat(said(step, "s1")).singleElement()
                .satisfies(json -> assertThat(json.number("seat", 0, 1)).isZero());
    }

    @Test
    void whoHasLeftMeanwhileIsNotSeated() {
        var left = waiting().said("s1", new PageMessage.Leave(), NOW);

        var step = left.next().called(PAIRING, 0);

        assertThat(left.effects()).contains(new LobbyEffect.Ask(ANN, new Request.Leave(ANN)));
        assertThat(said(step, "s1")).isEmpty();
        assertThat(left.next().stands(ANN, new Standing.Playing(PAIRING, 1), NOW).effects())
                .isEmpty();
    }

    @Test
    void whoWaitsAloneIsOfferedTheBotAfterThreeSecondsAndOnce() {
        assertThat(waiting().tick(NOW.plusMillis(2_999)).effects()).isEmpty();

        var offered = waiting().tick(NOW.plusSeconds(3));

        assertThat(said(offered, "s1")).singleElement()
                .satisfies(json -> assertThat(json.get("offer")).isEqualTo(new Json.Bool(true)));
        assertThat(offered.next().tick(NOW.plusSeconds(9)).effects()).isEmpty();
    }

    @Test
    void aLostConnectionIsForgivenForFiveSeconds() {
        var gone = playing().hungUp("s1", NOW).next();

        var early = gone.tick(NOW.plusMillis(4_999));
        var late = gone.tick(NOW.plusSeconds(5));

        assertThat(early.effects()).isEmpty();
        assertThat(said(hello(early.next(), "s2", NOW.plusSeconds(4)), "s2"))
                .extracting(json -> json.text("say", 16))
                .containsExactly("welcome", "match");
        assertThat(late.effects())
                .containsExactly(new LobbyEffect.Ask(ANN, new Request.Leave(ANN)));
        assertThat(late.next().guests()).isEmpty();
    }

    @Test
    void anotherTabOfTheSamePlayerReplacesTheFirst() {
        var step = hello(playing(), "s2", NOW);

        assertThat(step.effects()).contains(new LobbyEffect.Say("s1", Says.replaced()),
                new LobbyEffect.HangUp("s1"));
        assertThat(step.next().hungUp("s1", NOW).next().watching("1-a-b")).containsExactly("s2");
    }

    @Test
    void onlyWhoPlaysSteers() {
        assertThat(waiting().said("s1", new PageMessage.Turn(Direction.UP), NOW).effects())
                .isEmpty();
        assertThat(playing().said("s1", new PageMessage.Turn(Direction.UP), NOW).effects())
                .containsExactly(new LobbyEffect.Steer("1-a-b", 0, Direction.UP));
    }

    @Test
    void askingTwiceAsksOnce() {
        assertThat(asking().said("s1", new PageMessage.Join(), NOW).effects()).isEmpty();
        assertThat(playing().said("s1", new PageMessage.PlayBot(), NOW).effects()).isEmpty();
    }

    @Test
    void anAnswerThatDoesNotComeIsAskedForAgain() {
        assertThat(asking().tick(NOW.plusMillis(2_999)).effects()).isEmpty();
        assertThat(asking().tick(NOW.plusSeconds(3)).effects())
                .anyMatch(LobbyEffect.Ask.class::isInstance);
    }

    @Test
    void withoutAQuorumThePlayerIsToldAndItIsTriedAgainInASecond() {
        var told = asking().unreachable(ANN, "cut off", NOW);

        assertThat(said(told, "s1")).singleElement()
                .satisfies(json -> assertThat(json.text("say", 16)).isEqualTo("notice"));
        assertThat(told.next().tick(NOW.plusSeconds(1)).effects())
                .anyMatch(LobbyEffect.Ask.class::isInstance);
    }

    @Test
    void aRefusalIsShownAndTheGuestIsIdle() {
        var step = asking().refused(ANN, "too many players wait");

        assertThat(said(step, "s1").getLast().text("text", 99)).isEqualTo("too many players wait");
        assertThat(step.next().involved()).isEmpty();
    }

    @Test
    void aResultFreesThePlayer() {
        var result = new Result("1-a-b", 2, 0, Result.Reason.CRASH);

        var step = playing().ended(result);

        assertThat(said(step, "s1")).singleElement()
                .satisfies(json -> assertThat(json.text("say", 16)).isEqualTo("over"));
        assertThat(step.next().involved()).isEmpty();
        assertThat(playing().ended(new Result("2-x-y", 1, 0, Result.Reason.CRASH)).effects())
                .isEmpty();
    }

    @Test
    void theAnswerToABeatBringsWhatWasMissed() {
        var other = new Result("0-x-y", 1, 0, Result.Reason.CRASH);
        var begin = new Pairing("2-x-y", PAIRING.players(), "a", "", 2);
        var pulse = new Pulse(List.of("a"), 0, 1, Map.of(ANN, new Standing.Playing(PAIRING, 1)),
                List.of(begin), List.of(other));

        var step = waiting().beaten(pulse, NOW);

        assertThat(step.effects()).contains(new LobbyEffect.Open(begin, true),
                new LobbyEffect.Over(other), new LobbyEffect.Open(PAIRING, false));
        assertThat(step.next().watching("1-a-b")).containsExactly("s1");
    }

    @Test
    void whoWaitsAndIsInNoQueueAsksAgain() {
        var step = waiting().beaten(new Pulse(List.of("a"), 0, 0, Map.of(), List.of(), List.of()),
                NOW);

        assertThat(step.effects()).contains(new LobbyEffect.Ask(ANN,
                new Request.Join(new Player(ANN, "Ann", "a"))));
    }

    @Test
    void aNodeTakesSoManyPlayersAndNoMore() {
        var guests = Guests.none("a");
        for (var i = 0; i < Limits.PLAYERS_PER_NODE; i++) {
            guests = guests.said("s" + i,
                    new PageMessage.Hello(String.format("%016x", i), "P"), NOW).next();
        }

        var step = guests.said("more", new PageMessage.Hello("ffffffffffffffff", "P"), NOW);

        assertThat(step.effects()).contains(new LobbyEffect.HangUp("more"));
        assertThat(step.next()).isEqualTo(guests);
    }

    private static Guests.Step hello(Guests guests, String socket, Instant now) {
        return guests.said(socket, new PageMessage.Hello(ANN, "Ann"), now);
    }

    private static Guests asking() {
        return hello(Guests.none("a"), "s1", NOW).next()
                .stands(ANN, new Standing.Idle(), NOW)
                .next()
                .said("s1", new PageMessage.Join(), NOW)
                .next();
    }

    private static Guests waiting() {
        return asking().stands(ANN, new Standing.Queued(1, 1), NOW).next();
    }

    private static Guests playing() {
        return asking().stands(ANN, new Standing.Playing(PAIRING, 0), NOW).next();
    }

    private static List<Json.Obj> said(Guests.Step step, String socket) {
        return step.effects()
                .stream()
                .filter(LobbyEffect.Say.class::isInstance)
                .map(LobbyEffect.Say.class::cast)
                .filter(say -> say.socket().equals(socket))
                .map(LobbyEffect.Say::message)
                .toList();
    }
}
