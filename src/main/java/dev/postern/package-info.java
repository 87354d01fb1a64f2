/**
 * What applications import. Postern makes every login of a Jakarta EE application a session in a Hazelcast map, which
 * all nodes know at once. A session is renewed while it is used, and is over everywhere when it is ended anywhere.
 *
 * <p>Signing in, roles and signing out need none of these types. {@code POST /postern/session} signs in, and so does
 * {@link jakarta.security.enterprise.SecurityContext#authenticate SecurityContext.authenticate}. Any
 * {@link jakarta.security.enterprise.identitystore.IdentityStore IdentityStore} checks the credentials. Roles are those
 * of {@link jakarta.annotation.security.RolesAllowed @RolesAllowed}.
 * {@link jakarta.servlet.http.HttpServletRequest#logout HttpServletRequest.logout()} signs out.
 *
 * <h2>Five types to know first</h2>
 *
 * <p>{@link dev.postern.CurrentUser} is the caller of the request:
 *
 * <pre>{@code
 * @Inject CurrentUser user;
 *
 * String greeting = user.isAnonymous() ? "Welcome" : "Welcome back, " + user.name();
 * }</pre>
 *
 * <p>{@link dev.postern.SessionMetadata} is what the login carries from request to request:
 *
 * <pre>{@code
 * @Inject SessionMetadata metadata;
 *
 * metadata.put("desk", "7");
 * int desk = metadata.get("desk", Integer::valueOf).orElse(0);
 * }</pre>
 *
 * <p>{@link dev.postern.Sessions} lists the sessions of a user, and ends them:
 *
 * <pre>{@code
 * @Inject Sessions sessions;
 *
 * List<Session> devices = sessions.mine();
 * boolean wasThere = sessions.revoke(handle);
 * }</pre>
 *
 * <p>{@link dev.postern.SignIn} signs in a user whom the application has authenticated by itself:
 *
 * <pre>{@code
 * @Inject SignIn signIn;
 *
 * SignIn.Result result = signIn.begin(ProvenUser.of("ann").inGroups("clerk"));
 * }</pre>
 *
 * <p>{@link dev.postern.Fresh @Fresh} asks for a recent sign-in before something that matters:
 *
 * <pre>{@code
 * @DELETE
 * @Fresh(within = "PT5M")
 * public void closeAccount() { ... }
 * }</pre>
 *
 * <h2>The others, by task</h2>
 *
 * <table>
 * <caption>Types by task</caption>
 * <tr><th>Task</th><th>Types</th></tr>
 * <tr><td>Have the caller as an object of the application's own type</td>
 *     <td>{@link dev.postern.Caller}, {@link dev.postern.CurrentUserLoader}</td></tr>
 * <tr><td>Let changes of a user's roles, or a locked account, take effect at once</td>
 *     <td>{@link dev.postern.CurrentUserLoader}</td></tr>
 * <tr><td>Add metadata when a session begins or is renewed</td>
 *     <td>{@link dev.postern.MetadataContributor}, {@link dev.postern.MetadataDraft}</td></tr>
 * <tr><td>Read user and metadata in an interceptor</td><td>{@link dev.postern.ExposeSession}</td></tr>
 * <tr><td>Show a user's sessions</td>
 *     <td>{@link dev.postern.Session}, {@link dev.postern.SessionPage}</td></tr>
 * <tr><td>Show which sessions of a user have ended</td><td>{@link dev.postern.EndedSession}</td></tr>
 * <tr><td>Show who is signed in</td>
 *     <td>{@link dev.postern.UserPage}, {@link dev.postern.SessionCount}</td></tr>
 * <tr><td>End all sessions of a user when the password changes</td>
 *     <td>{@link dev.postern.SignOutEverywhere}</td></tr>
 * <tr><td>Sign in by an identity provider, a passkey or a mailed link</td>
 *     <td>{@link dev.postern.ProvenUser}</td></tr>
 * <tr><td>Ask for a second factor</td>
 *     <td>{@link dev.postern.SecondFactor}, {@link dev.postern.HalfWay},
 *     {@link dev.postern.AuthenticationMethods}</td></tr>
 * <tr><td>Sign in with a credential of the application's own kind</td>
 *     <td>{@link dev.postern.NamedCredential}</td></tr>
 * <tr><td>Say on a page why a sign-in has failed</td><td>{@link dev.postern.SignInFailure}</td></tr>
 * <tr><td>Give refusals another body</td>
 *     <td>{@link dev.postern.AccessRefusal}, {@link dev.postern.Challenge}</td></tr>
 * <tr><td>Audit what happens, once in the cluster</td>
 *     <td>{@link dev.postern.SessionEvent}, {@link dev.postern.Ending}</td></tr>
 * <tr><td>Close what a node holds for a session that is over</td>
 *     <td>{@link dev.postern.SessionOver}; for WebSockets {@link dev.postern.OpenSockets}</td></tr>
 * <tr><td>Handle a cluster that does not answer</td><td>{@link dev.postern.PosternException}</td></tr>
 * </table>
 *
 * <h2>What holds for all of them</h2>
 *
 * <ul>
 *   <li>Parameters and results are never null, unless a type says so. Collections are never null and cannot be changed.
 *   <li>Without a login the caller is anonymous, never absent. While the cluster does not answer, the caller is
 *       unknown: methods throw {@link dev.postern.PosternException}, and the client gets 503.
 *   <li>Times are those of the cluster's clock, to the millisecond.
 *   <li>A {@code handle} names a session, cannot be presented as a token, and stays the same while the token changes.
 * </ul>
 */
@NullMarked
package dev.postern;

import org.jspecify.annotations.NullMarked;
