package dev.postern.it.guest.exposed;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.ExecutionException;

/** Calls what is bound by hand. */
@WebServlet("/notebook/*")
public class NotebookServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Inject
    private transient Notebook notebook;

    @Inject
    private transient Diary diary;

    @Resource
    private transient ManagedExecutorService executor;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String note = String.valueOf(request.getParameter("note"));
        switch (String.valueOf(request.getPathInfo())) {
            case "/returning" -> response.getWriter().print(notebook.note(note));
            case "/refusing" -> {
                response.setStatus(HttpServletResponse.SC_CONFLICT);
                response.getWriter().print(notebook.note(note));
            }
            case "/failing" -> {
                try {
                    response.getWriter().print(notebook.noteAndFail(note));
                } catch (IllegalArgumentException e) {
                    response.getWriter().print("failed " + e.getMessage());
                }
            }
            case "/exposed" -> response.getWriter().print(diary.exposed());
            case "/hidden" -> response.getWriter().print(diary.hidden());
            case "/clock" -> response.getWriter().print(Clock.seen());
            case "/executor" -> {
                try {
                    response.getWriter().print(executor.submit(notebook::look).get());
                } catch (InterruptedException | ExecutionException e) {
                    throw new ServletException(e);
                }
            }
            default -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }
}
