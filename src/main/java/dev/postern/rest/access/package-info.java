/**
 * The rule of a resource method, and the filter that enforces it.
 *
 * <p>{@link dev.postern.rest.access.AccessFilter} is the way in. {@code AccessFeature} binds it. Internal: it may
 * change in any version.
 */
@NullMarked
package dev.postern.rest.access;

import org.jspecify.annotations.NullMarked;
