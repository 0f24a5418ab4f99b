package io.macula.supervision.testkit;

/// One planned fault and how often its turn has come.
record Rule(Moment moment, When when, Fault fault, int count) {

    /// Where in a child's life a fault sits.
    enum Moment {
        START, MESSAGE, STOP
    }

    static Rule of(Moment moment, When when, Fault fault) {
        return new Rule(moment, when, fault, 0);
    }

    boolean concerns(Happening happening) {
        return switch (happening) {
            case Happening.Starts() -> moment == Moment.START;
            case Happening.Receives(var message) ->
                moment == Moment.MESSAGE && when.type().isInstance(message);
            case Happening.Stops() -> moment == Moment.STOP;
        };
    }

    Rule counted() {
        return new Rule(moment, when, fault, count + 1);
    }

    Rule with(Fault other) {
        return new Rule(moment, when, other, count);
    }
}
