/** Tests of the demo's live package. */
@NullMarked
package dev.postern.demo.live;

import org.jspecify.annotations.NullMarked;
