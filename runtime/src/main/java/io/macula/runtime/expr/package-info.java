/// The little language of `serve --expr`: arithmetic over the numbers of one JSON object.
/// Parsing and evaluating are pure and bounded; neither throws for anything a user may write.
@NullMarked
package io.macula.runtime.expr;

import org.jspecify.annotations.NullMarked;
