/// Breaks supervision trees on purpose: [io.macula.supervision.testkit.Lab] runs a tree of yours, or
/// joins one that runs, and lets its children crash, hang and lose messages at the places you name.
/// The code under test stays as it is.
@NullMarked
package io.macula.supervision.testkit;

import org.jspecify.annotations.NullMarked;
