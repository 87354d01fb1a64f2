/** A second bean that asks for a second factor, where the application has one already. */
@NullMarked
package dev.postern.it.guest.factor.other;

import org.jspecify.annotations.NullMarked;
