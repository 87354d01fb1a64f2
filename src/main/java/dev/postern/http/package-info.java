/**
 * Authentication over HTTP: the mechanism that the container calls, and what a request becomes by it.
 *
 * <p>{@link dev.postern.http.SessionMechanism} is the way in. The packages below hold the parts: transport of the
 * token, cross-site checks, credentials, answers and endpoints. {@code cdi} uses these packages, and knows the rest
 * of HTTP only through them. Internal: it may change in any version.
 *
 * <p>Comments cite ids such as D5 or PY-09. {@code src/docs/platform-facts.md} defines them, and says where ids that
 * begin with P-, S-, T or X- are defined.
 */
@NullMarked
package dev.postern.http;

import org.jspecify.annotations.NullMarked;
