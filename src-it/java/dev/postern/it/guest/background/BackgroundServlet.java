package dev.postern.it.guest.background;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Has work done elsewhere, and writes what it has heard there. */
@WebServlet("/background")
public class BackgroundServlet extends HttpServlet {

    @Resource
    private transient ManagedExecutorService executor;

    @Inject
    private transient Work work;

    @Inject
    private transient Asker asker;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String place = request.getParameter("place");
        if (!place.equals("initialized") && !place.equals("open") && !place.equals("message")) {
            Asker.forget(place);
        }
        switch (place) {
            case "executor" -> executor.execute(() -> asker.ask("executor"));
            case "timer" -> work.startTimer();
            case "asynchronous" -> work.later();
            case "request" -> asker.ask("request");
            default -> {}
        }
        response.setContentType("text/plain");
        try {
            response.getWriter().print(Asker.heard(place).get(20, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            response.sendError(500, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
