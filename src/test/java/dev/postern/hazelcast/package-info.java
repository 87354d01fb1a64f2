/** The adapter against real Hazelcast members on the loopback address. */
@NullMarked
package dev.postern.hazelcast;

import org.jspecify.annotations.NullMarked;
