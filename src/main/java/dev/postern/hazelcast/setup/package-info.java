/**
 * Finds, starts and configures the Hazelcast instance, and checks the configuration of its maps.
 *
 * <p>{@link dev.postern.hazelcast.setup.HazelcastConnection} is the way in, and {@link
 * dev.postern.hazelcast.setup.HazelcastSettings} holds the settings. {@code Grid} and the other packages below
 * {@code hazelcast} use it. Internal: it may change in any version.
 */
@NullMarked
package dev.postern.hazelcast.setup;

import org.jspecify.annotations.NullMarked;
