/**
 * The beans that an application injects, and those that observe or fire its events.
 *
 * <p>Each implements an interface of {@code dev.postern} or observes an event of it, and is found by CDI. Nothing
 * but {@code cdi.start} uses these classes directly. Internal: it may change in any version.
 */
@NullMarked
package dev.postern.cdi.bean;

import org.jspecify.annotations.NullMarked;
