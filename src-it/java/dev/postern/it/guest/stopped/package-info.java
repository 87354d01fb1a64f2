/** An application whose Hazelcast stops while it runs. */
@NullMarked
package dev.postern.it.guest.stopped;

import org.jspecify.annotations.NullMarked;
