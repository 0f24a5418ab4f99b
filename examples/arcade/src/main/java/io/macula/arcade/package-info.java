/// The Arcade, a workload to learn from: what it needs of the platform is a global service, topics, and a place for pages.
@NullMarked
package io.macula.arcade;

import org.jspecify.annotations.NullMarked;
