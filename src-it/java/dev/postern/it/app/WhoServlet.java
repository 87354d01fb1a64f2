package dev.postern.it.app;

import dev.postern.CurrentUser;
import dev.postern.SessionMetadata;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Open to all; says who is calling, in the words of the servlet, of the container and of an EJB. */
@WebServlet("/who")
public class WhoServlet extends HttpServlet {

    @Inject
    private transient CurrentUser user;

    @Inject
    private transient SessionMetadata metadata;

    @Inject
    private transient CallerBean bean;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.getWriter()
                .print(String.join(
                        "\n",
                        "user=" + user.name(),
                        "roles=" + new TreeSet<>(user.groups()),
                        "container=" + request.getRemoteUser(),
                        "principal=" + nameOfObject(request.getUserPrincipal()),
                        "clerk=" + request.isUserInRole("clerk"),
                        "ejb=" + bean.caller(),
                        "fingerprint=" + (user.isAnonymous() ? "none" : metadata.fingerprint()),
                        "entries=" + metadata.entries().keySet()));
    }

    /** The class of the object, and a number that it keeps. */
    private static String nameOfObject(@Nullable Object object) {
        return object == null ? "none" : object.getClass().getSimpleName() + "@" + System.identityHashCode(object);
    }
}
