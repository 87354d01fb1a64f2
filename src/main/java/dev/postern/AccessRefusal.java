package dev.postern;

/**
 * That a request was refused, and what its client is told: 401 to callers who are to sign in, 403 to users who lack a
 * role, 503 when the cluster did not answer. Stands in the request under {@link #ATTRIBUTE}, where a
 * {@code ContainerResponseFilter} or an error page finds it and may give the answer another body.
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
