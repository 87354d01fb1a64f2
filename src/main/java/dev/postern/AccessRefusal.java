package dev.postern;

/**
 * That a request was refused, and what its client is told. Found under {@link #ATTRIBUTE} in the request, by a
 * {@link jakarta.ws.rs.container.ContainerResponseFilter ContainerResponseFilter} or an error page, which may give the
 * answer another body. Absent from requests that were not refused.
 *
 * <table>
 * <caption>Statuses</caption>
 * <tr><th>Status</th><th>The caller</th></tr>
 * <tr><td>401</td><td>has to sign in, or to sign in again</td></tr>
 * <tr><td>403</td><td>lacks a role</td></tr>
 * <tr><td>503</td><td>is unknown, because the cluster did not answer</td></tr>
 * </table>
 *
 * <p>Absent also where another type says what happened, or Postern writes the whole answer:
 *
 * <ul>
 *   <li>after a failed sign-in of the application, which leaves a {@link SignInFailure};
 *   <li>at Postern's own endpoints;
 *   <li>if a request may come from another site's page, lacks its CSRF token, or brings two credentials.
 * </ul>
 *
 * <p>Immutable.
 *
 * @param status the status of the answer
 * @param detail one sentence for people
 */
public record AccessRefusal(int status, String detail) {

    /** The attribute of the request, which is a property of the JAX-RS request context as well. */
    public static final String ATTRIBUTE = "dev.postern.access-refusal";
}
