/**
 * What applications import: the current user, what a login carries, and what an application can add to it.
 *
 * <p>Knows nothing of how a session is kept, sent or stored. Parameters and results are never null, and collections are
 * never null and cannot be changed.
 */
@NullMarked
package dev.postern;

import org.jspecify.annotations.NullMarked;
