/**
 * The endpoints below {@code /postern}: sign in, sign out, list and end sessions.
 *
 * <p>The path is {@code /postern} unless the setting {@code postern.endpoints.path} says otherwise. {@link
 * dev.postern.http.request.EndpointPaths} holds it.
 *
 * <p>{@link dev.postern.http.endpoint.SessionServlet} and {@link dev.postern.http.endpoint.SessionsServlet} are the
 * ways in. The initializer in {@code cdi.start} registers them. Internal: it may change in any version.
 */
@NullMarked
package dev.postern.http.endpoint;

import org.jspecify.annotations.NullMarked;
