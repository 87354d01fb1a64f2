package dev.postern.it.guest.meddling;

import jakarta.inject.Inject;
import jakarta.security.enterprise.SecurityContext;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/** Signs in or out as {@code do} says, and then meddles with the response as {@code how} says. */
@WebServlet(urlPatterns = "/meddle", asyncSupported = true)
public class MeddlingServlet extends HttpServlet {

    private static final long SOON = 200;

    @Inject
    private SecurityContext security;

    @Inject
    private HttpServletRequest injected;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        String how = request.getParameter("how");
        if (how.equals("include")) {
            request.getRequestDispatcher("/act").include(request, response);
            return;
        }
        Act.perform(security, request, response);
        switch (how) {
            case "nothing" -> {}
            case "setHeader" -> response.setHeader("Set-Cookie", "theirs=1");
            case "addCookie" -> response.addCookie(new Cookie("theirs", "1"));
            case "reset" -> {
                response.reset();
                response.addHeader("Set-Cookie", "theirs=1");
            }
            case "error" -> response.sendError(409);
            case "errorPage" -> response.sendError(410);
            case "redirect" -> {
                response.setHeader("Set-Cookie", "theirs=1");
                response.sendRedirect("elsewhere");
            }
            case "forward" -> request.getRequestDispatcher("/page").forward(request, response);
            case "async" -> goOn(request.startAsync());
            case "stream" -> {
                response.setHeader("Set-Cookie", "theirs=1");
                response.getWriter().print("x".repeat(100_000));
                response.flushBuffer();
            }
            case "notModified" -> response.setStatus(304);
            case "wrapped" -> new HttpServletResponseWrapper(response).reset();
            case "throw" -> throw new ServletException("as a test wants it");
            case "errorThenHeader" -> {
                response.sendError(409);
                response.setHeader("Set-Cookie", "theirs=1");
                response.setHeader("Cache-Control", "public");
            }
            case "asyncThrow" -> {
                request.startAsync().setTimeout(SOON); // Payara waits for it
                throw new ServletException("as a test wants it");
            }
            case "asyncDispatch" -> request.startAsync().dispatch("/meddle?how=throw&do=nothing");
            case "asyncTimeout" -> request.startAsync().setTimeout(SOON);
            case "asyncListener" -> listen(request.startAsync(), true);
            case "asyncSupplied" -> listen(request.startAsync(), false);
            case "injectedStart" -> goOn(injected.startAsync());
            case "injectedContext" -> {
                request.startAsync();
                goOn(injected.getAsyncContext());
            }
            case "outside" -> {}
            case "throwMapped" -> throw new IllegalArgumentException("as a test wants it");
            default -> response.sendError(400);
        }
    }

    /** Goes on when it is too late, with the response that the event gives. */
    private static void listen(AsyncContext context, boolean isOfContext) {
        context.setTimeout(SOON);
        context.addListener(new AsyncListener() {

            @Override
            public void onTimeout(AsyncEvent event) throws IOException {
                HttpServletResponse response = (HttpServletResponse)
                        (isOfContext ? event.getAsyncContext().getResponse() : event.getSuppliedResponse());
                response.reset();
                response.setHeader("Set-Cookie", "theirs=1");
                response.getWriter().print("late");
                event.getAsyncContext().complete();
            }

            @Override
            public void onComplete(AsyncEvent event) {}

            @Override
            public void onError(AsyncEvent event) {}

            @Override
            public void onStartAsync(AsyncEvent event) {}
        });
    }

    private static void goOn(AsyncContext context) {
        context.start(() -> {
            HttpServletResponse response = (HttpServletResponse) context.getResponse();
            response.reset();
            response.setHeader("Set-Cookie", "theirs=1");
            context.complete();
        });
    }
}
