/** An application whose users have several names, and an operator who reaches into the grid. */
@NullMarked
package dev.postern.it.guest.aliases;

import org.jspecify.annotations.NullMarked;
