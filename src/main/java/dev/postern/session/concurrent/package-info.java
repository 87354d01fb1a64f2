/**
 * Deadlines, daemon threads, bounds on work that runs at the same time, and entries that are kept for a while.
 *
 * <p>Each class is a way in of its own, and every package may use them. Internal: it may change in any version.
 */
@NullMarked
package dev.postern.session.concurrent;

import org.jspecify.annotations.NullMarked;
