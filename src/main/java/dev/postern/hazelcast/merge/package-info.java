/**
 * Repairs rows after two parts of a cluster have merged.
 *
 * <p>{@link dev.postern.hazelcast.merge.MergeListener} is the way in. {@code Grid} starts it. Repairs go through the
 * port of the store, so this package writes to no map itself. Internal: it may change in any version.
 */
@NullMarked
package dev.postern.hazelcast.merge;

import org.jspecify.annotations.NullMarked;
