/**
 * The settings of an application, read from MicroProfile Config and checked.
 *
 * <p>{@link dev.postern.cdi.settings.SettingsLoader} is the way in, and the only reader of the configuration. Only
 * packages of {@code cdi} use it. The others get plain values. Internal: it may change in any version.
 */
@NullMarked
package dev.postern.cdi.settings;

import org.jspecify.annotations.NullMarked;
