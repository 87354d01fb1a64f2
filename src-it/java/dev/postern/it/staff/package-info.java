/** An application with users of its own, whom it looks up anew. Runs in the servers; knows nothing of the tests. */
@NullMarked
package dev.postern.it.staff;

import org.jspecify.annotations.NullMarked;
