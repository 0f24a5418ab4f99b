/// How nodes on one local network find each other without being told an address: each announces
/// itself by multicast DNS (RFC 6762, RFC 6763) and hears of the others. What is heard is a hint and
/// no more; who is dialled there has to prove its id and its realm as everywhere.
@NullMarked
package io.macula.actors.lan;

import org.jspecify.annotations.NullMarked;
