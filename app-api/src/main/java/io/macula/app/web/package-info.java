/// Pages and sockets that a workload serves to browsers, from the node it runs on.
@NullMarked
package io.macula.app.web;

import org.jspecify.annotations.NullMarked;
