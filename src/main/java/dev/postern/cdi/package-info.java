/**
 * The portable extension: looks at the application while it is deployed, and adds the beans.
 *
 * <p>{@link dev.postern.cdi.PosternExtension} is the way in. The server finds it by its service file. It alone, with
 * the packages below, knows all other packages. Internal: it may change in any version.
 *
 * <p>Comments cite ids such as D5 or PY-09. {@code src/docs/platform-facts.md} defines them, and says where ids that
 * begin with P-, S-, T or X- are defined.
 */
@NullMarked
package dev.postern.cdi;

import org.jspecify.annotations.NullMarked;
