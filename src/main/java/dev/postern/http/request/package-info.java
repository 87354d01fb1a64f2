/**
 * What is read from a request without a look at its session: its login attribute, client address, path and kind.
 *
 * <p>{@link dev.postern.http.request.CurrentRequest} is the way in for beans, {@link
 * dev.postern.http.request.UnwrappedRequest} for the packages of HTTP. All packages of {@code http} and {@code cdi}
 * may use it. Internal: it may change in any version.
 */
@NullMarked
package dev.postern.http.request;

import org.jspecify.annotations.NullMarked;
