/// The side that asks: sessions that renew themselves, requests that are repeated until they are
/// answered or withdrawn, and watches. It knows nothing of how commands reach the voters.
@NullMarked
package io.macula.coordination.client;

import org.jspecify.annotations.NullMarked;
