/**
 * Roles and {@code @Fresh} on JAX-RS resources: the classes that the servers find by their service files.
 *
 * <p>{@link dev.postern.rest.AccessFeature} binds the filters, and {@link dev.postern.rest.AccessStartupCheck}
 * checks the annotations at the start. The packages below hold the rules. None of them knows {@code http} or
 * Hazelcast. Internal: it may change in any version.
 */
@NullMarked
package dev.postern.rest;

import org.jspecify.annotations.NullMarked;
