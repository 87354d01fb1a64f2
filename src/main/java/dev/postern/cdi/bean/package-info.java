/**
 * The beans that an application injects, those that observe or fire its events, and the interceptor that it binds.
 *
 * <p>Each implements an interface of {@code dev.postern}, observes an event of it or has its binding, and is found by
 * CDI. Nothing but {@code cdi.start} uses these classes directly. Internal: it may change in any version.
 */
@NullMarked
package dev.postern.cdi.bean;

import org.jspecify.annotations.NullMarked;
