/**
 * What is found out about the application: its name, its descriptors, its classes and injection points.
 *
 * <p>{@link dev.postern.cdi.application.DeployedApplication} is the way in. Only packages of {@code cdi} use it.
 * Internal: it may change in any version.
 */
@NullMarked
package dev.postern.cdi.application;

import org.jspecify.annotations.NullMarked;
