package dev.postern.it.rig.app;

import dev.postern.CurrentUser;
import dev.postern.PosternException;
import dev.postern.SessionMetadata;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Who is calling: Postern's user, the container's user and the session's handle, with a dash for what there is not. It writes
 * 503 when nobody knows.
 */
@Dependent
public class Echo {

    @Inject
    private CurrentUser user;

    @Inject
    private SessionMetadata metadata;

    public String of(@Nullable String container) {
        String known = container == null ? "-" : container;
        return user.isAnonymous() ? "- " + known + " -" : user.name() + " " + known + " " + metadata.fingerprint();
    }

    void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            String caller = of(request.getRemoteUser());
            response.setContentType("text/plain");
            response.getWriter().print(caller);
        } catch (PosternException e) {
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        }
    }
}
