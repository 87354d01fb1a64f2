/** An application whose identity store can be held after it has read a password. */
@NullMarked
package dev.postern.it.guest.gate;

import org.jspecify.annotations.NullMarked;
