/**
 * What HTTP does for one server, in classes of its own.
 *
 * <p>Each class names the server and the reason, by an id of {@code src/docs/platform-facts.md}. The packages of {@code
 * http} and {@code cdi} use it. Internal: it may change in any version.
 *
 * <p>Most of what is done for one server is elsewhere, in the class that it concerns. {@code src/docs/servers.md} says
 * what each server does in its own way. The classes are, among others:
 *
 * <ul>
 *   <li>{@code http}: {@code ApplicationRequest}, {@code answer.RequestRejection}, {@code answer.JsonFactory}, {@code
 *       filter.PosternFilter}, {@code transport.TokenHeaders}
 *   <li>{@code rest}: {@code AccessFeature}, {@code AccessStartupCheck}, {@code JerseyDiscovery}, {@code
 *       method.JerseyClasses}, {@code method.WeldClientProxies}
 *   <li>{@code cdi}: {@code PosternExtension}, {@code OptionalBeans}, {@code bean.SessionInterceptor}, {@code
 *       settings.SettingsLoader}, {@code start.StartupListener}, {@code start.WildFlySecurityDomain}
 *   <li>{@code hazelcast}: {@code Grid}, {@code setup.InstanceFinder}, {@code setup.ManagedInstance}
 * </ul>
 */
@NullMarked
package dev.postern.http.server;

import org.jspecify.annotations.NullMarked;
