@NullMarked
package io.macula.runtime.cut;

import org.jspecify.annotations.NullMarked;
