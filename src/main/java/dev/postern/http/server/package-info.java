/**
 * What is done for the sake of one server: WildFly or Payara.
 *
 * <p>Each class names the server and the reason, by the numbers of the platform facts. The packages of {@code http}
 * and {@code cdi} use it. Internal: it may change in any version.
 */
@NullMarked
package dev.postern.http.server;

import org.jspecify.annotations.NullMarked;
