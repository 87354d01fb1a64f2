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
 * Checks the CSRF token of a request against the session in its cookie, without a look-up. Only a header counts: to
 * find the token in a form, the check would have to read the body before the resource that needs it.
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

    /** Fails without the keys too; the look-up of the session then reports that the grid does not answer. */
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

    /** Whether a request with a cookie that may change something has to bring the CSRF token of its session. */
    public enum Rule {
        OFF,
        REQUIRED
    }
}
