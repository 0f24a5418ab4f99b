/// Tests of whole nodes, and of the arrows between the modules.
@NullMarked
package io.macula.it;

import org.jspecify.annotations.NullMarked;
