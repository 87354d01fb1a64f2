/**
 * The adapter to Hazelcast: where sessions live, and the only packages that know it.
 *
 * <p>{@link dev.postern.hazelcast.Grid} is the way in. It puts the parts of the packages below together. Only {@code
 * cdi} uses it. Internal: it may change in any version.
 */
@NullMarked
package dev.postern.hazelcast;

import org.jspecify.annotations.NullMarked;
