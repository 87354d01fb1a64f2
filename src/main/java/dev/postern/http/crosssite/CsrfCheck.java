package dev.postern.http.crosssite;

import dev.postern.PosternException;
import dev.postern.http.transport.PresentedTokens;
import dev.postern.http.transport.TokenTransport;
import dev.postern.session.LiveSession;
import dev.postern.session.SessionKeeper;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;

/**
 * Whether a request brings the CSRF token of the session in its cookie. It counts in a header alone: to find it in a
 * form, the body would have to be read before the resource that needs it. Asks the grid nothing.
 *
 * <p>Safe for concurrent use.
 */
public final class CsrfCheck {

    /** The header in which the token is sent. */
    public static final String HEADER = "Postern-Csrf";

    private final PresentedTokens presented;
    private final SessionKeeper keeper;

    CsrfCheck(TokenTransport transport, SessionKeeper keeper) {
        this.presented = new PresentedTokens(keeper, transport);
        this.keeper = keeper;
    }

    /** Not without the keys either; the look-up of the session then reports that the grid is broken. */
    boolean isPassedBy(HttpServletRequest request) {
        List<String> sent = Collections.list(request.getHeaders(HEADER));
        try {
            return sent.size() == 1
                    && presented
                            .text(request)
                            .flatMap(keeper::recognise)
                            .filter(token -> keeper.csrfTokens().isOf(token.session(), sent.get(0)))
                            .isPresent();
        } catch (PosternException e) {
            return false;
        }
    }

    String tokenOf(LiveSession session) {
        return keeper.csrfTokens().of(session.token());
    }

    /**
     * Whether requests that change something by the power of the cookie have to bring the CSRF token of their session.
     */
    public enum Rule {
        OFF,
        REQUIRED
    }
}
