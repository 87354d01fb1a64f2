/** Applications with a way of their own to sign in, for {@code AnyMechanismIT}. */
@NullMarked
package dev.postern.it.guest.ways;

import org.jspecify.annotations.NullMarked;
