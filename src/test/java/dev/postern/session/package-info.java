/** Tests of the rules, with a clock that the test moves and randomness that it can repeat. */
@NullMarked
package dev.postern.session;

import org.jspecify.annotations.NullMarked;
