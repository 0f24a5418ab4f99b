/// What workloads serve to browsers, on the node's HTTP port.
@NullMarked
package io.macula.runtime.web;

import org.jspecify.annotations.NullMarked;
