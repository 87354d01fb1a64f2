/** An application that annotates a sub-resource locator, so that the server refuses it. */
@NullMarked
package dev.postern.it.guest.locator;

import org.jspecify.annotations.NullMarked;
