/**
 * Roles and {@code @Fresh} on JAX-RS resources: the classes that the servers find by their service files.
 *
 * <p>{@link dev.postern.rest.AccessFeature} binds the filters, and {@link dev.postern.rest.AccessStartupCheck}
 * checks the annotations at the start. The packages below hold the rules. None of them knows {@code http} or
 * Hazelcast. Internal: it may change in any version.
 *
 * <p>Comments cite ids such as D5 or PY-09. {@code src/docs/platform-facts.md} defines them, and says where ids that
 * begin with P-, S-, T or X- are defined.
 */
@NullMarked
package dev.postern.rest;

import org.jspecify.annotations.NullMarked;
