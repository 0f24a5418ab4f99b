/// OTP supervisors for Pekko Typed: specs as data, restart strategies, stable references, a live
/// tree.
/// Usable without the rest of Macula.
@NullMarked
package io.macula.supervision;

import org.jspecify.annotations.NullMarked;
