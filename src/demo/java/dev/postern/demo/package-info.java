/**
 * The demonstration: an order desk for customers, clerks and a manager, as an application that uses Postern.
 *
 * <p>It knows Postern only through what applications import, the package {@code dev.postern}.
 */
@NullMarked
package dev.postern.demo;

import org.jspecify.annotations.NullMarked;
