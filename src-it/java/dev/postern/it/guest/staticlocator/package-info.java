/** A locator that cannot be guarded. */
@NullMarked
package dev.postern.it.guest.staticlocator;

import org.jspecify.annotations.NullMarked;
