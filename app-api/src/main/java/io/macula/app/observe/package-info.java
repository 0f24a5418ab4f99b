/// What a workload says of itself while it runs: log lines and figures that stand beside those of the node
/// which runs it.
@NullMarked
package io.macula.app.observe;

import org.jspecify.annotations.NullMarked;
