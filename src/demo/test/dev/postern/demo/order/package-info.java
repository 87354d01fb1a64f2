/** Tests of the demo's order package. */
@NullMarked
package dev.postern.demo.order;

import org.jspecify.annotations.NullMarked;
