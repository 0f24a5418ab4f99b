/// A node's part in the fenced coordination of its Cluster: its voter, who votes as members come and go, and
/// the way to the voters from every member. What is decided by the voters is none of its business.
@NullMarked
package io.macula.runtime.coordination;

import org.jspecify.annotations.NullMarked;
