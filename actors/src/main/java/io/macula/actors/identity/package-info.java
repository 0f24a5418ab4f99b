/// Who a node is: its key, its certificate, the realm it belongs to, and the peers it remembers.
/// Secrets stay in files of mode 0600 and are never printed.
@NullMarked
package io.macula.actors.identity;

import org.jspecify.annotations.NullMarked;
