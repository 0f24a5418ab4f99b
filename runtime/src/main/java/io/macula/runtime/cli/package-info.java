/// The command line: what the user types, what it prints, and the exit code it ends with.
/// Commands read, check and print; the work is done by the packages they call.
@NullMarked
package io.macula.runtime.cli;

import org.jspecify.annotations.NullMarked;
