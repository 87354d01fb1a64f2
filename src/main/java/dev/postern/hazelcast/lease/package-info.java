/**
 * The adapter of leases to Hazelcast: an entry of the map of keys, and a topic.
 *
 * <p>{@link dev.postern.hazelcast.lease.HazelcastLeaseGrid} is the way in, for {@code Grid} alone. Internal: it may
 * change in any version.
 */
@NullMarked
package dev.postern.hazelcast.lease;

import org.jspecify.annotations.NullMarked;
