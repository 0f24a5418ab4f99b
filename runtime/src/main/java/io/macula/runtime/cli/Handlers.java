package io.macula.runtime.cli;

import io.macula.app.Rpc.Handler;
import io.macula.runtime.expr.Expression;
import java.time.Duration;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// Makes the handler that the options of `serve` describe.
final class Handlers {

    private final Console console;

    Handlers(Console console) {
        this.console = console;
    }

    /// Goes on with the handler, or fails with exit code 2. One of the two is given.
    int make(@Nullable String expression, @Nullable String command, Duration timeLimit,
            ToIntFunction<Handler> goOn) {
        if (expression == null) {
            return goOn.applyAsInt(new CommandHandler(String.valueOf(command), timeLimit));
        }
        return switch (Expression.parse(expression)) {
            case Expression.Parsed.Ok(var parsed) ->
                goOn.applyAsInt(new ExpressionHandler(parsed));
            case Expression.Parsed.Wrong(var position, var reason) -> console.fail(
                    ExitCode.USAGE, "the expression '" + expression + "' is wrong at character "
                            + position + ": " + reason);
        };
    }
}
