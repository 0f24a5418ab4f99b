@NullMarked
package io.macula.testkit;

import org.jspecify.annotations.NullMarked;
