/// How local tools talk to a running node: a Unix-domain socket in its data directory that only
/// the node's own user can open. One request and one answer per connection, each a line of JSON.
@NullMarked
package io.macula.runtime.control;

import org.jspecify.annotations.NullMarked;
