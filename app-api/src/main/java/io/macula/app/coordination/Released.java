package io.macula.app.coordination;

/// What became of giving back a lock or a leadership.
public sealed interface Released
        permits Released.Done, Released.NotHeld, Failure {

    /// Given back; the next who waits has it.
    record Done() implements Released {}

    /// This session did not hold it under that fence. Nothing was changed.
    record NotHeld() implements Released {}
}
