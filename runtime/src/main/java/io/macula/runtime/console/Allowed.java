package io.macula.runtime.console;

/// What a node was started to allow.
///
/// @param actions
///            to publish, call and restart
/// @param chaos
///            to crash, kill and cut
public record Allowed(boolean actions, boolean chaos) {

    boolean allows(Deed.Need need) {
        return switch (need) {
            case NOTHING -> true;
            case ACTIONS -> actions;
            case CHAOS -> chaos;
        };
    }
}
