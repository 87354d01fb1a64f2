/**
 * How the token travels: cookie, bearer header, and the headers that keep caches away from it.
 *
 * <p>{@link dev.postern.http.transport.TokenTransport} is the way in. Only packages of {@code http}, and {@code cdi}
 * for the settings, use it. Internal: it may change in any version.
 */
@NullMarked
package dev.postern.http.transport;

import org.jspecify.annotations.NullMarked;
