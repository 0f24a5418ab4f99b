package io.macula.runtime.config;

import io.macula.actors.link.PeerAddress;
import io.macula.runtime.NodeSettings;
import java.time.Duration;

/// All settings of one run, checked.
///
/// @param gateway
///            whom the commands that are peers of their own dial
/// @param connectTimeout
///            how long they wait for it
public record Settings(NodeSettings node, PeerAddress gateway, Duration connectTimeout) {}
