/// Tests of the fault kit.
@NullMarked
package io.macula.supervision.testkit;

import org.jspecify.annotations.NullMarked;
