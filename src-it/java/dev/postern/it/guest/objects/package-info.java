/**
 * An application that makes its resources itself: objects of anonymous classes and proxies among them, and what a
 * feature registers.
 */
@NullMarked
package dev.postern.it.guest.objects;

import org.jspecify.annotations.NullMarked;
