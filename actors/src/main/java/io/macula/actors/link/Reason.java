package io.macula.actors.link;

import java.util.Locale;

/// Why a link was refused or ended, with the stable code that travels in the `disconnect` frame.
/// Codes of later versions may be others, so what comes in stays text in a [Disconnected].
public enum Reason {
    /// Closed on purpose.
    NORMAL,
    /// The connection broke without a word.
    LOST,
    /// Nothing was heard for three heartbeats.
    SILENT,
    /// The two nodes name different realms.
    REALM_MISMATCH,
    /// The realm secret was not proved, or one side has none.
    REALM_SECRET_WRONG,
    /// The id, its key and its signature do not belong together.
    IDENTITY_INVALID,
    /// Another id than the one remembered for the address.
    IDENTITY_CHANGED,
    /// Another id than the one the address names.
    IDENTITY_UNEXPECTED,
    /// The file of known peers cannot be read, so nobody can be recognised.
    KNOWN_PEERS_UNREADABLE,
    /// The realm is a list of nodes, and this one is not on it.
    NOT_A_MEMBER,
    /// A node dialled itself.
    SELF_DIAL,
    /// The far side speaks another version of the handshake.
    VERSION_UNSUPPORTED,
    /// Something came that must not come, or not now.
    PROTOCOL_VIOLATION,
    /// A bound of the listener is reached.
    LIMIT_REACHED,
    /// This node failed while it decided; its log says more.
    INTERNAL_ERROR,
    /// The handshake took too long.
    HANDSHAKE_TIMEOUT;

    /// The code on the wire: the name in lower case.
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// This reason with a sentence for a person.
    public Disconnected because(String sentence) {
        return new Disconnected(code(), sentence);
    }

    /// True when `reason` carries this code.
    public boolean is(Disconnected reason) {
        return reason.code().equals(code());
    }
}
