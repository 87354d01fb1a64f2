/**
 * Starts the library with the application: initializer, listener and producers.
 *
 * <p>{@link dev.postern.cdi.start.PosternInitializer} is the way in. The server finds it by its service file. {@link
 * dev.postern.cdi.start.CoreProducers} puts the parts together, one of each. Internal: it may change in any version.
 */
@NullMarked
package dev.postern.cdi.start;

import org.jspecify.annotations.NullMarked;
