/**
 * Whether enough members are present, as {@code postern.cache.minimum-members} asks.
 *
 * <p>{@link dev.postern.hazelcast.quorum.Quorum} is the way in. Only {@code hazelcast.call} asks it, and {@code
 * Grid} makes it. The package has one lock, the quorum's. Internal: it may change in any version.
 */
@NullMarked
package dev.postern.hazelcast.quorum;

import org.jspecify.annotations.NullMarked;
