/// Which requests become traces, where a node keeps their spans, and how those of one trace are gathered
/// from all nodes it touched.
@NullMarked
package io.macula.runtime.trace;

import org.jspecify.annotations.NullMarked;
