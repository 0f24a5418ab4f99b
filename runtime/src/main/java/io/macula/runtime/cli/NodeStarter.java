package io.macula.runtime.cli;

import io.macula.runtime.MaculaNode;
import io.macula.runtime.NodeSettings;

/// Starts the node that a command works with.
@FunctionalInterface
public interface NodeStarter {

    MaculaNode.Started start(NodeSettings settings);
}
