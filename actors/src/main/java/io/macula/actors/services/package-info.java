/// The registry of a Cluster: which node offers which procedure and wants which topic, and where it is
/// found. It lies in shared state, so that every node has it without asking.
@NullMarked
package io.macula.actors.services;

import org.jspecify.annotations.NullMarked;
