/**
 * The adapters that read and write the maps, and the only writers.
 *
 * <p>{@link dev.postern.hazelcast.map.HazelcastCredentialsCache} is the way in for sessions. {@code Grid} makes
 * these classes. Nothing here deletes, evicts or overwrites a row blindly. Internal: it may change in any version.
 */
@NullMarked
package dev.postern.hazelcast.map;

import org.jspecify.annotations.NullMarked;
