/**
 * The Servlet and Jakarta Security side: the authentication mechanism, the cookie and the {@code /postern} endpoint.
 *
 * <p>Knows nothing of Hazelcast and of JAX-RS.
 */
@NullMarked
package dev.postern.http;

import org.jspecify.annotations.NullMarked;
