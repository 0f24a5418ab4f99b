/// The figures of a running node: counted where the work is done, at next to no cost, and read when somebody asks.
/// What is served at `/metrics`, and what a page or a terminal shows of the last seconds.
@NullMarked
package io.macula.runtime.observe;

import org.jspecify.annotations.NullMarked;
