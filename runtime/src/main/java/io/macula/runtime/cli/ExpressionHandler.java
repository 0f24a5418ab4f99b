package io.macula.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.macula.app.Payload;
import io.macula.app.Rpc.Answer;
import io.macula.app.Rpc.Handler;
import io.macula.runtime.expr.Expression;
import io.macula.runtime.json.Json;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/// Answers a call with the value of an expression over the numbers of its argument.
public final class ExpressionHandler implements Handler {

    private final Expression expression;

    public ExpressionHandler(Expression expression) {
        this.expression = expression;
    }

    @Override
    public Answer handle(Payload argument) {
        return switch (Json.parse(argument.text())) {
            case Json.Parsed.Malformed(var reason) ->
                new Answer.Failure("the argument is not JSON: " + reason);
            case Json.Parsed.Value(var json) when !json.isObject() ->
                new Answer.Failure("the argument has to be a JSON object of numbers");
            case Json.Parsed.Value(var json) -> switch (expression.evaluate(numbers(json))) {
                case Expression.Evaluated.Value value ->
                    new Answer.Result(Payload.of(value.json()));
                case Expression.Evaluated.Failed(var reason) -> new Answer.Failure(reason);
            };
        };
    }

    private static Map<String, BigDecimal> numbers(JsonNode object) {
        var numbers = new HashMap<String, BigDecimal>();
        object.propertyStream()
                .filter(field -> field.getValue().isNumber())
                .forEach(field -> numbers.put(field.getKey(), field.getValue().decimalValue()));
        return numbers;
    }
}
