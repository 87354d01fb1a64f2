/**
 * What is known during one request: its login, its changes to metadata, and its user as loaded now.
 *
 * <p>{@link dev.postern.session.request.RequestLogin} is the way in. The HTTP, JAX-RS and CDI adapters use it. The
 * use cases do not. Internal: it may change in any version.
 */
@NullMarked
package dev.postern.session.request;

import org.jspecify.annotations.NullMarked;
