/**
 * What an operator sees: the MXBean and the readiness check.
 *
 * <p>{@link dev.postern.cdi.management.SessionsMXBean} is the way in. {@code cdi.start} shows it. Internal: it may
 * change in any version.
 */
@NullMarked
package dev.postern.cdi.management;

import org.jspecify.annotations.NullMarked;
