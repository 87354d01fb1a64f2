/**
 * Reports to this node which sessions have ended anywhere in the cluster.
 *
 * <p>{@link dev.postern.hazelcast.watch.TombstoneWatcher} is the way in. {@code Grid} starts it. It only listens to
 * the map of rows and reads it. Internal: it may change in any version.
 */
@NullMarked
package dev.postern.hazelcast.watch;

import org.jspecify.annotations.NullMarked;
