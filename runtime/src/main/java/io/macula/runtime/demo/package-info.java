/// The demonstration: separate processes on this machine that show what a mesh does, and check
/// that it does. Each process is an ordinary node, driven through its stdin.
@NullMarked
package io.macula.runtime.demo;

import org.jspecify.annotations.NullMarked;
