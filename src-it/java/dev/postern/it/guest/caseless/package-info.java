/** An application whose user names come from a database that compares them without case. */
@NullMarked
package dev.postern.it.guest.caseless;

import org.jspecify.annotations.NullMarked;
