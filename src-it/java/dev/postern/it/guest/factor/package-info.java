/** An application whose clerks need a second factor: a code, which is always the same. */
@NullMarked
package dev.postern.it.guest.factor;

import org.jspecify.annotations.NullMarked;
