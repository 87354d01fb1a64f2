/**
 * What applications import. The mechanism, the endpoints and the checks of roles work without any of it.
 *
 * <ul>
 *   <li>In a request: {@link dev.postern.CurrentUser} says who is calling, {@link dev.postern.SessionMetadata} what the
 *       login carries. {@link dev.postern.Caller} injects the user in the application's own type.
 *   <li>Sessions: {@link dev.postern.Sessions} lists and ends them, {@link dev.postern.SignOutEverywhere} ends all of a
 *       user's, and {@link dev.postern.SignIn} begins one for a user whom the application has proven.
 *   <li>Rules: {@link dev.postern.Fresh} asks for a recent sign-in; roles are those of
 *   {@code jakarta.annotation.security}.
 *   <li>Beans that an application may add: {@link dev.postern.CurrentUserLoader} and
 *       {@link dev.postern.MetadataContributor}.
 *   <li>Events to observe: {@link dev.postern.SessionEvent} once in the cluster, {@link dev.postern.SessionOver} on
 *       every node. {@link dev.postern.OpenSockets} closes WebSockets with the session.
 *   <li>Failures: {@link dev.postern.PosternException} when the cluster does not answer,
 *       {@link dev.postern.SignInFailure} and {@link dev.postern.AccessRefusal} for what a request was refused.
 * </ul>
 *
 * <p>Knows nothing of how a session is kept, sent or stored. Parameters and results are never null, and collections are
 * never null and cannot be changed.
 */
@NullMarked
package dev.postern;

import org.jspecify.annotations.NullMarked;
