/** An application that is asked by more clients at once than it has threads. */
@NullMarked
package dev.postern.it.guest.crowd;

import org.jspecify.annotations.NullMarked;
