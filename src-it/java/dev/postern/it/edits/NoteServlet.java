package dev.postern.it.edits;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Changes the entry as a servlet, and ends as the path says. */
@WebServlet(
        urlPatterns = {"/notes/servlet", "/notes/servlet/*"},
        asyncSupported = true)
public class NoteServlet extends HttpServlet {

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String note = Notes.note(request.getParameter("note"));
        String how = Objects.requireNonNullElse(request.getPathInfo(), "/returning");
        switch (how) {
            case "/returning" -> write(response, note);
            case "/refusing" -> {
                response.setStatus(HttpServletResponse.SC_CONFLICT);
                write(response, note);
            }
            case "/failing" -> throw new IllegalStateException(note);
            case "/promising" -> later(request.startAsync(), note);
            default -> throw new IllegalArgumentException(how);
        }
    }

    private static void later(AsyncContext context, String note) {
        CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS).execute(() -> {
            write((HttpServletResponse) context.getResponse(), note);
            context.complete();
        });
    }

    private static void write(HttpServletResponse response, String note) {
        try {
            response.getWriter().print(note);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
