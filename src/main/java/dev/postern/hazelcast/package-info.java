/**
 * The credentials cache in a Hazelcast map: how the instance is found or started, the map's settings, and the only
 * class that writes to the map.
 *
 * <p>Knows nothing of HTTP and of JAX-RS.
 */
@NullMarked
package dev.postern.hazelcast;

import org.jspecify.annotations.NullMarked;
