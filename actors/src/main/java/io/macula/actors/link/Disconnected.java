package io.macula.actors.link;

/// Why a link ended, in words for a person and a code for a program.
///
/// @param code
///            one of the stable codes of `docs/reference/wire.md`, such as `normal`,
///            `realm_mismatch`, `silent`, `lost`
/// @param message
///            one sentence
public record Disconnected(String code, String message) {

    /// The far side or we ended the link on purpose.
    public static final Disconnected NORMAL = new Disconnected("normal", "closed on purpose");
}
