/**
 * The portable extension: looks at the application while it is deployed, and adds the beans.
 *
 * <p>{@link dev.postern.cdi.PosternExtension} is the way in. The server finds it by its service file. It alone, with
 * the packages below, knows all other packages. Internal: it may change in any version.
 */
@NullMarked
package dev.postern.cdi;

import org.jspecify.annotations.NullMarked;
