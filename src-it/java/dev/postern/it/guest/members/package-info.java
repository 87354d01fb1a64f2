/**
 * An application whose only identity store takes names that it does not know for none of its business. Runs in the
 * servers.
 */
@NullMarked
package dev.postern.it.guest.members;

import org.jspecify.annotations.NullMarked;
