package dev.postern.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** The container's own session, which an application may use beside ours. Both do nothing where there is none. */
final class ContainerSession {

    private static final Logger LOG = System.getLogger(ContainerSession.class.getName());

    private ContainerSession() {}

    /** Gives it another id, so that nobody who planted or saw the former one shares it (CVE-2020-5205). */
    static void rename(HttpServletRequest request) {
        if (request.getSession(false) != null) {
            request.changeSessionId();
        }
    }

    /** Ends it with all that it holds. */
    static void end(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session == null) {
            return;
        }
        try {
            session.invalidate();
        } catch (IllegalStateException e) {
            LOG.log(Level.DEBUG, "A parallel request has ended the HttpSession already.", e);
        }
    }
}
