package dev.postern.rest;

import dev.postern.PosternException;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/**
 * Lets a resource method that asks who is calling while the grid does not answer end with 503 instead of 500. Servers find
 * it through the service loader.
 *
 * <p>Immutable.
 */
public final class UnavailableFeature implements Feature {

    @Override
    public boolean configure(FeatureContext context) {
        context.register(new Mapper());
        return true;
    }

    /** Answers as {@link AccessFilter} does before restricted methods. */
    static final class Mapper implements ExceptionMapper<PosternException> {

        @Override
        public Response toResponse(PosternException broken) {
            return Refusal.UNAVAILABLE.response();
        }
    }
}
