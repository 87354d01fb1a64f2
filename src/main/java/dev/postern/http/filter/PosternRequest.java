package dev.postern.http.filter;

import dev.postern.http.request.UnwrappedRequest;
import dev.postern.session.request.RequestLogin;
import dev.postern.session.user.ConfirmedRoles;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/**
 * A request whose asynchronous continuation gets the response that keeps its headers, and not the container's own; see
 * {@link PosternResponse}. Of the roles that the container has confirmed for the session it does not ask the container
 * again.
 *
 * <p>For one request; another thread may go on with it.
 */
final class PosternRequest extends HttpServletRequestWrapper {

    private final PosternResponse response;
    private volatile boolean isAsync;

    PosternRequest(HttpServletRequest request, PosternResponse response) {
        super(request);
        this.response = response;
    }

    /**
     * Whether it has gone on asynchronously, and may have ended by now. Then neither it nor its response may be used.
     */
    boolean isAsync() {
        return isAsync;
    }

    /**
     * The container's answer, or its former one while the session's copy lasts: see {@link ConfirmedRoles}. Wrappers of
     * the application around this request are asked each time, and so is one below it, which may answer by the request.
     */
    @Override
    public boolean isUserInRole(String role) {
        if (isAsItCame() && UnwrappedRequest.login(this) instanceof RequestLogin.SignedIn login) {
            String servlet = getHttpServletMapping().getServletName();
            return login.live().roles().include(getUserPrincipal(), servlet, role, () -> super.isUserInRole(role));
        }
        return super.isUserInRole(role);
    }

    /** Whether it is the container's own request for the servlet that is called: not wrapped below, and no dispatch. */
    private boolean isAsItCame() {
        return getDispatcherType() == DispatcherType.REQUEST && !(getRequest() instanceof ServletRequestWrapper);
    }

    @Override
    public AsyncContext startAsync() {
        isAsync = true;
        return new Continuation(super.startAsync());
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse answer) {
        isAsync = true;
        return super.startAsync(request, answer);
    }

    @Override
    public AsyncContext getAsyncContext() {
        return new Continuation(super.getAsyncContext());
    }

    /** The container's own, but for the response. */
    private final class Continuation implements AsyncContext {

        private final AsyncContext context;

        Continuation(AsyncContext context) {
            this.context = context;
        }

        @Override
        public ServletRequest getRequest() {
            return context.getRequest();
        }

        @Override
        public ServletResponse getResponse() {
            return context.hasOriginalRequestAndResponse() ? response : context.getResponse();
        }

        @Override
        public boolean hasOriginalRequestAndResponse() {
            return context.hasOriginalRequestAndResponse();
        }

        @Override
        public void dispatch() {
            context.dispatch();
        }

        @Override
        public void dispatch(String path) {
            context.dispatch(path);
        }

        @Override
        public void dispatch(ServletContext servlets, String path) {
            context.dispatch(servlets, path);
        }

        @Override
        public void complete() {
            context.complete();
        }

        @Override
        public void start(Runnable run) {
            context.start(run);
        }

        @Override
        public void addListener(AsyncListener listener) {
            context.addListener(listener);
        }

        @Override
        public void addListener(AsyncListener listener, ServletRequest request, ServletResponse answer) {
            context.addListener(listener, request, answer);
        }

        @Override
        public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
            return context.createListener(type);
        }

        @Override
        public void setTimeout(long milliseconds) {
            context.setTimeout(milliseconds);
        }

        @Override
        public long getTimeout() {
            return context.getTimeout();
        }
    }
}
