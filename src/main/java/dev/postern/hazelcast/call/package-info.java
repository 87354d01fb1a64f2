/**
 * The one way to call Hazelcast: deadline, threads, quorum check, translation of failures, and the cluster's clock.
 *
 * <p>{@link dev.postern.hazelcast.call.GridCalls} is the way in. Only packages below {@code hazelcast} use it.
 * Internal: it may change in any version.
 */
@NullMarked
package dev.postern.hazelcast.call;

import org.jspecify.annotations.NullMarked;
