package io.macula.it.linear;

import java.util.List;
import java.util.Optional;

/// A sequential object. States are compared by `equals`.
interface Model<S, O> {

    S initial();

    /// The state after `operation` took effect with the outcome it had; empty when it cannot have had that
    /// outcome in `state`. Of a call of which nobody knows what came, the state after it took effect; it
    /// may as well never have.
    Optional<S> after(S state, O operation);

    /// The history without calls that cannot matter.
    default List<Call<O>> relevant(List<Call<O>> history) {
        return history;
    }
}
