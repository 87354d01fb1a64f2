/**
 * An application that chooses an identity store handler of its own in its beans.xml. Runs in the servers; knows nothing
 * of the tests.
 */
@NullMarked
package dev.postern.it.guest.chosen;

import org.jspecify.annotations.NullMarked;
