package io.macula.runtime.global;

/// Edits were not made, or not all; the message says why in one sentence.
final class NotMadeException extends Exception {

    private static final long serialVersionUID = 1L;

    NotMadeException(String why) {
        super(why, null, false, false);
    }
}
