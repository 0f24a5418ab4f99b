package io.macula.actors.wire;

import java.util.Optional;

/// What a call asks for: the same segments as a topic's.
public record ProcedureName(String text) {

    /// What reading a text came to.
    public sealed interface Parsed {
        record Ok(ProcedureName procedure) implements Parsed {}

        /// One sentence on what is wrong.
        record Invalid(String message) implements Parsed {}
    }

    /// For a text that is known to be a procedure's name; anything else is a bug of the caller.
    public ProcedureName {
        Segments.complaint("procedure", text, false).ifPresent(complaint -> {
            throw new IllegalArgumentException(complaint);
        });
    }

    public static Parsed parse(String text) {
        return Segments.complaint("procedure", text, false)
                .<Parsed>map(Parsed.Invalid::new)
                .orElseGet(() -> new Parsed.Ok(new ProcedureName(text)));
    }

    /// Whether `text` is a procedure's name, without garbage; [#parse] says what is wrong.
    public static boolean isOne(String text) {
        return Segments.areNames(text);
    }

    /// Empty when `text` is no procedure's name; [#parse] says why.
    public static Optional<ProcedureName> of(String text) {
        return parse(text) instanceof Parsed.Ok(var procedure)
                ? Optional.of(procedure)
                : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
