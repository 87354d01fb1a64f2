/** Tests of the demo's cluster package. */
@NullMarked
package dev.postern.demo.cluster;

import org.jspecify.annotations.NullMarked;
