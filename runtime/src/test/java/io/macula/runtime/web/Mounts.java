package io.macula.runtime.web;

import io.macula.app.web.Web;

/// What a test expects of a mount.
final class Mounts {

    private Mounts() {}

    static Web.Mount active(Web.Mounted mounted) {
        return switch (mounted) {
            case Web.Mounted.Active(var mount) -> mount;
            case Web.Mounted.Invalid(var message) -> throw new AssertionError(message);
        };
    }

    static String refused(Web.Mounted mounted) {
        return switch (mounted) {
            case Web.Mounted.Active _ -> throw new AssertionError("it was mounted");
            case Web.Mounted.Invalid(var message) -> message;
        };
    }
}
