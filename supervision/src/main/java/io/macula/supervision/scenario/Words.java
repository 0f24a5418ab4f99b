package io.macula.supervision.scenario;

import io.macula.supervision.ChildState;
import io.macula.supervision.DeleteResult;
import io.macula.supervision.Exit;
import io.macula.supervision.RestartResult;
import io.macula.supervision.StartResult;
import io.macula.supervision.TerminateResult;

/// OTP's words for what our types say.
final class Words {

    private Words() {}

    static String of(Exit exit) {
        return switch (exit) {
            case Exit.Normal _ -> "normal";
            case Exit.Shutdown(var detail) -> detail.equals("shutdown") ? "shutdown" : "shutdown_x";
            case Exit.Killed _ -> "killed";
            case Exit.Failed _ -> "error";
        };
    }

    /// The reason inside a failed start.
    static String cause(Exit exit) {
        return exit instanceof Exit.Failed(var cause) && cause.getMessage() != null
                ? cause.getMessage()
                : of(exit);
    }

    static String of(StartResult result) {
        return switch (result) {
            case StartResult.Started _ -> "ok";
            case StartResult.Ignored() -> "ok undefined";
            case StartResult.AlreadyStarted _ -> "error already_started";
            case StartResult.AlreadyPresent() -> "error already_present";
            case StartResult.Failed(var reason) -> "error " + cause(reason);
            case StartResult.Refused _ -> "error bad_combination";
            case StartResult.MaxChildren _ -> "error max_children";
        };
    }

    static String of(RestartResult result) {
        return switch (result) {
            case RestartResult.Restarted _ -> "ok";
            case RestartResult.Ignored() -> "ok undefined";
            case RestartResult.Running() -> "error running";
            case RestartResult.Restarting() -> "error restarting";
            case RestartResult.NotFound() -> "error not_found";
            case RestartResult.Failed(var reason) -> "error " + cause(reason);
            case RestartResult.NotSupported() -> "error simple_one_for_one";
        };
    }

    static String of(TerminateResult result) {
        return switch (result) {
            case TERMINATED -> "ok";
            case NOT_FOUND -> "error not_found";
        };
    }

    static String of(DeleteResult result) {
        return switch (result) {
            case DELETED -> "ok";
            case RUNNING -> "error running";
            case RESTARTING -> "error restarting";
            case NOT_FOUND -> "error not_found";
            case NOT_SUPPORTED -> "error simple_one_for_one";
        };
    }

    static String of(ChildState state, int generation) {
        return switch (state) {
            case RUNNING -> "#" + generation;
            case DOWN -> "undefined";
            case RESTARTING -> "restarting";
            case STARTING, STOPPING -> state.text();
        };
    }
}
