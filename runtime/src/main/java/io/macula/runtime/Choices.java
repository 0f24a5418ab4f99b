package io.macula.runtime;

import io.macula.actors.mesh.Choice;
import io.macula.app.Rpc;

/// Which of several providers is asked, in the words of the mesh.
final class Choices {

    private Choices() {}

    static Choice of(Rpc.Choice choice) {
        return switch (choice) {
            case LEAST_LOADED -> Choice.LEAST_LOADED;
            case ROUND_ROBIN -> Choice.ROUND_ROBIN;
            case RANDOM -> Choice.RANDOM;
            case CLOSEST -> Choice.CLOSEST;
        };
    }
}
