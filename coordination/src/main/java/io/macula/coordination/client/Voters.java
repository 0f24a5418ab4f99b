package io.macula.coordination.client;

import io.macula.coordination.state.Command;
import io.macula.coordination.state.Query;
import io.macula.coordination.state.Reply;
import java.time.Duration;
import java.util.Optional;

/// What carries commands to the voters and replies back. Both verbs block the caller, who is on a
/// virtual thread, no longer than `timeout`, and never throw for a network that fails.
public interface Voters {

    /// Has `command` put into the log, as often as it takes. Empty: no majority confirmed it in time;
    /// it may have been taken all the same.
    Optional<Reply> decide(Command command, Duration timeout);

    /// What one voter says, which may be old. Empty: none answered in time.
    Optional<Reply> look(Query query, Duration timeout);
}
