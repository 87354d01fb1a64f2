/**
 * The JAX-RS side: who may call a resource method.
 *
 * <p>Knows nothing of Hazelcast and of the cookie.
 */
@NullMarked
package dev.postern.rest;

import org.jspecify.annotations.NullMarked;
