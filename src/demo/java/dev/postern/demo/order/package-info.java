/** The orders of the desk: the part of the demo that has nothing to do with sessions. */
@NullMarked
package dev.postern.demo.order;

import org.jspecify.annotations.NullMarked;
