package dev.postern.http.endpoint;

import dev.postern.PosternException;
import dev.postern.SessionEvent.LogoutRefused;
import dev.postern.SessionEvent.LogoutRefused.Fault;
import dev.postern.http.answer.ErrorAnswer;
import dev.postern.http.answer.JsonFactory;
import dev.postern.http.endpoint.FormBody.MalformedBodyException;
import dev.postern.http.logout.BackChannelLogout;
import dev.postern.http.logout.KeysUnavailableException;
import dev.postern.http.logout.RefusedTokenException;
import dev.postern.http.transport.CacheHeaders;
import dev.postern.session.event.LogEvent;
import dev.postern.session.event.RateLimitedLog;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;

/**
 * The endpoint {@code /postern/backchannel-logout}: the identity provider says with {@code POST} that a user has signed
 * out there. Nothing but its token counts, no cookie and no origin. The first part of the path is {@code /postern}
 * unless the setting {@code postern.endpoints.path} says otherwise.
 *
 * <p>Safe for concurrent use.
 */
public class BackChannelLogoutServlet extends HttpServlet {

    private static final FormBody FORM = new FormBody("a logout", Set.of("logout_token"), 20 * 1024);

    private final transient RateLimitedLog failures =
            new RateLimitedLog(System.getLogger(BackChannelLogoutServlet.class.getName()), System::nanoTime);

    @Inject
    private transient BackChannelLogout logout;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getMethod().equals("POST")) {
            response.setHeader("Allow", "POST");
            ErrorAnswer.METHOD_NOT_ALLOWED.write(response, "An identity provider sends a logout token with POST.");
            return;
        }
        try {
            logout.end(token(request));
            CacheHeaders.mark(response);
            response.setStatus(HttpServletResponse.SC_OK);
        } catch (RefusedTokenException e) {
            refuse(response, e.reason());
        } catch (KeysUnavailableException e) {
            failures.warn(
                    LogEvent.PROVIDER_FAILED.told("The keys of the identity provider cannot be had, so a logout"
                            + " token could not be verified: 503. No session has ended."),
                    e);
            ErrorAnswer.unavailable(response);
        } catch (PosternException e) {
            failures.warn(
                    LogEvent.GRID_FAILED.told(
                            "A logout of the identity provider may have ended some of its" + " sessions: 503."),
                    e);
            ErrorAnswer.unavailable(response);
        }
    }

    private String token(HttpServletRequest request) throws IOException, RefusedTokenException {
        try {
            if (!FormBody.mediaType(request).equals(FormBody.TYPE)) {
                throw new MalformedBodyException("A logout is sent as a form.");
            }
            return FormBody.required(FORM.read(request), "logout_token");
        } catch (MalformedBodyException e) {
            throw logout.refused(Fault.MALFORMED);
        }
    }

    /** As the specification says in section 2.8. The description names the cause, and repeats nothing of the token. */
    private static void refuse(HttpServletResponse response, LogoutRefused.Fault fault) throws IOException {
        ErrorAnswer.write(
                response,
                HttpServletResponse.SC_BAD_REQUEST,
                "application/json",
                JsonFactory.BUILDERS
                        .createObjectBuilder()
                        .add("error", "invalid_request")
                        .add("error_description", fault.name().toLowerCase(Locale.ROOT))
                        .build());
    }
}
