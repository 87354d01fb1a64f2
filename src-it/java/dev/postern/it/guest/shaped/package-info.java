/** An application that gives the answers to refused requests a shape of its own. */
@NullMarked
package dev.postern.it.guest.shaped;

import org.jspecify.annotations.NullMarked;
