/// Scenarios as text: stimuli for a supervisor and the trace they give. The same files drive the real
/// OTP supervisor, so that the two can be compared line by line.
@NullMarked
package io.macula.supervision.scenario;

import org.jspecify.annotations.NullMarked;
