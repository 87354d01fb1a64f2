/** Small doubles for the tests. */
@NullMarked
package dev.postern.testing;

import org.jspecify.annotations.NullMarked;
