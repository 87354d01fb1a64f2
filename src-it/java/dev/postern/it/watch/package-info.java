/** What the tests of open connections and of the operator's view deploy beside the test application. */
@NullMarked
package dev.postern.it.watch;

import org.jspecify.annotations.NullMarked;
