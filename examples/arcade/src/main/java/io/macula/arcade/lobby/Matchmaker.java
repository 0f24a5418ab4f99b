package io.macula.arcade.lobby;

import io.macula.app.Payload;
import io.macula.app.global.GlobalServices;
import io.macula.arcade.json.Json;
import io.macula.arcade.match.Result;
import io.macula.arcade.match.Results;
import io.macula.arcade.matchmaking.Matchmaking;
import io.macula.arcade.matchmaking.Pulse;
import io.macula.arcade.matchmaking.Request;
import io.macula.arcade.matchmaking.Standing;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// Asks the matchmaker, wherever it runs. Safe to use from any thread.
final class Matchmaker implements Results {

    private static final Duration DEADLINE = Duration.ofSeconds(2);

    private final GlobalServices services;

    /// What the matchmaker said.
    sealed interface Answer<T> {

        record Said<T>(T value) implements Answer<T> {}

        /// It refused, for this reason.
        record Refused<T>(String reason) implements Answer<T> {}

        /// It cannot be reached just now; for people.
        record Unreachable<T>(String why) implements Answer<T> {}
    }

    Matchmaker(GlobalServices services) {
        this.services = services;
    }

    CompletionStage<Answer<Standing>> ask(Request request) {
        return asked(request, Standing::read);
    }

    CompletionStage<Answer<Pulse>> beat(Request.Beat beat) {
        return asked(beat, Pulse::read);
    }

    @Override
    public CompletionStage<Optional<Result>> write(Result result) {
        return asked(new Request.Finish(result), Result::read)
                .thenApply(answer -> answer instanceof Answer.Said<Result>(var written)
                        ? Optional.of(written)
                        : Optional.empty());
    }

    private <T> CompletionStage<Answer<T>> asked(Request request, Function<Json, T> read) {
        return services
                .request(Matchmaking.NAME, Payload.of(request.write().write()), DEADLINE)
                .thenApply(reply -> answer(reply, read));
    }

    private static <T> Answer<T> answer(GlobalServices.Reply reply, Function<Json, T> read) {
        return switch (reply) {
            case GlobalServices.Reply.Ok(var value) -> said(value, read);
            case GlobalServices.Reply.Failed(var reason) -> new Answer.Refused<>(reason);
            case GlobalServices.Reply.NoQuorum _ -> new Answer.Unreachable<>(
                    "this node is cut off from most others, trying again");
            case GlobalServices.Reply.NotHosted _,GlobalServices.Reply.TimedOut _ ->
                new Answer.Unreachable<>("the matchmaker does not answer, trying again");
            case GlobalServices.Reply.Refused _ ->
                new Answer.Unreachable<>("the matchmaker is busy, trying again");
        };
    }

    private static <T> Answer<T> said(Payload value, Function<Json, T> read) {
        return switch (Json.decode(value.text(), Pulse.CHARS_MAX, read)) {
            case Json.Decoded.Read<T>(var answer) -> new Answer.Said<>(answer);
            case Json.Decoded.Wrong<T>(var why) -> new Answer.Unreachable<>(
                    "the matchmaker is not understood: " + why);
        };
    }
}
