/// What a developer deploys to nodes, and what it is given there.
@NullMarked
package io.macula.app.workload;

import org.jspecify.annotations.NullMarked;
