/**
 * An application with users in a type of its own, in bean discovery mode all. Runs in the servers; knows nothing of the
 * tests.
 */
@NullMarked
package dev.postern.it.guest.callers;

import org.jspecify.annotations.NullMarked;
