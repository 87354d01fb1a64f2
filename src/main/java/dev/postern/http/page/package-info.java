/**
 * The login page: a form without script, for applications that have none of their own.
 *
 * <p>{@link dev.postern.http.page.LoginPageServlet} is the way in. The initializer in {@code cdi.start} registers it if
 * {@code postern.endpoints.login-page} is true. Internal: it may change in any version.
 */
@NullMarked
package dev.postern.http.page;

import org.jspecify.annotations.NullMarked;
