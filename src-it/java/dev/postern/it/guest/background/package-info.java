/** Work outside of requests that asks who is calling. Runs in the servers; knows nothing of the tests. */
@NullMarked
package dev.postern.it.guest.background;

import org.jspecify.annotations.NullMarked;
