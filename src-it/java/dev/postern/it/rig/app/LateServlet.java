package dev.postern.it.rig.app;

import dev.postern.PosternException;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Answers from another thread when the request's own is back in the pool: with what it had seen before, or by a dispatch to
 * {@link ArrivalServlet}.
 */
@WebServlet(
        urlPatterns = {"/late", "/dispatched"},
        asyncSupported = true)
public class LateServlet extends HttpServlet {

    @Resource
    private transient ManagedExecutorService executor;

    @Inject
    private transient Echo echo;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        try {
            goOn(request, echo.of(request.getRemoteUser()));
        } catch (PosternException e) {
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        }
    }

    private void goOn(HttpServletRequest request, String seen) {
        AsyncContext late = request.startAsync();
        if (request.getServletPath().equals("/late")) {
            executor.execute(() -> answer(late, seen));
        } else {
            request.setAttribute(ArrivalServlet.SEEN, seen);
            executor.execute(() -> late.dispatch("/arrived"));
        }
    }

    private static void answer(AsyncContext late, String seen) {
        try {
            late.getResponse().setContentType("text/plain");
            late.getResponse().getWriter().print(seen);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            late.complete();
        }
    }
}
