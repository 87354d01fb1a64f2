/**
 * Checks of security annotations while the application starts.
 *
 * <p>{@link dev.postern.rest.check.IgnoredAnnotations} is the way in. The extension in {@code cdi} and the start-up
 * check in {@code rest} use it. Internal: it may change in any version.
 */
@NullMarked
package dev.postern.rest.check;

import org.jspecify.annotations.NullMarked;
