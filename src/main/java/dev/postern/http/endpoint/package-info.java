/**
 * The endpoints below {@code /postern}: sign in, sign out, list and end sessions.
 *
 * <p>{@link dev.postern.http.endpoint.SessionServlet} and {@link dev.postern.http.endpoint.SessionsServlet} are the
 * ways in. The initializer in {@code cdi.start} registers them. Internal: it may change in any version.
 */
@NullMarked
package dev.postern.http.endpoint;

import org.jspecify.annotations.NullMarked;
