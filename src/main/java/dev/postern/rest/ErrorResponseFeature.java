package dev.postern.rest;

import dev.postern.PosternException;
import dev.postern.rest.access.AccessFilter;
import dev.postern.rest.answer.ErrorResponse;
import jakarta.annotation.Priority;
import jakarta.ejb.AccessLocalException;
import jakarta.ejb.EJBAccessException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/**
 * Maps two failures of resource methods to answers, which would be 500 otherwise. A method that asks for the caller
 * while the grid does not answer ends with 503. A call of an enterprise bean that refuses the caller ends with 401 or
 * 403.
 *
 * <p>Servers find the feature by the service loader. A mapper of the application for the same exception wins.
 *
 * <p>Immutable.
 */
public final class ErrorResponseFeature implements Feature {

    @Override
    public boolean configure(FeatureContext context) {
        context.register(Unavailable.class);
        context.register(Refused.class);
        context.register(RefusedLocally.class);
        return true;
    }

    /** Answers as {@link AccessFilter} does before restricted methods. */
    @Priority(Integer.MAX_VALUE)
    public static final class Unavailable implements ExceptionMapper<PosternException> {

        @Context
        private HttpServletRequest request;

        @Override
        public Response toResponse(PosternException broken) {
            return ErrorResponse.UNAVAILABLE.response(request);
        }
    }

    /** Maps the exception of beans with business interfaces, and of beans without an interface. */
    @Priority(Integer.MAX_VALUE)
    public static final class Refused implements ExceptionMapper<EJBAccessException> {

        @Context
        private HttpServletRequest request;

        @Override
        public Response toResponse(EJBAccessException refused) {
            return ErrorResponse.ofCaller(request).response(request);
        }
    }

    /** Maps the exception of beans with a local component view. */
    @Priority(Integer.MAX_VALUE)
    public static final class RefusedLocally implements ExceptionMapper<AccessLocalException> {

        @Context
        private HttpServletRequest request;

        @Override
        public Response toResponse(AccessLocalException refused) {
            return ErrorResponse.ofCaller(request).response(request);
        }
    }
}
