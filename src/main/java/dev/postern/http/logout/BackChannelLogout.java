package dev.postern.http.logout;

import dev.postern.PosternException;
import dev.postern.SessionEvent.LogoutRefused;
import dev.postern.SessionEvent.LogoutRefused.Fault;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.provider.ProviderLogouts;
import dev.postern.session.provider.ProviderLogouts.Notice;

/**
 * Ends the sessions that a logout token of the identity provider names, and reports tokens that are refused.
 *
 * <p>Safe for concurrent use.
 */
public final class BackChannelLogout {

    private final LogoutTokenVerifier verifier;
    private final ProviderLogouts logouts;
    private final EventPublisher events;

    public BackChannelLogout(LogoutTokenVerifier verifier, ProviderLogouts logouts, EventPublisher events) {
        this.verifier = verifier;
        this.logouts = logouts;
        this.events = events;
    }

    /**
     * Ends the sessions. When this returns, no node accepts a request of one of them.
     *
     * @throws RefusedTokenException if the token is not valid, or has done its work before
     * @throws KeysUnavailableException if it is unknown whether the token is valid
     * @throws PosternException if the grid does not answer
     */
    public void end(String token) throws RefusedTokenException, KeysUnavailableException {
        Notice notice;
        try {
            notice = verifier.verify(token, logouts.now());
        } catch (RefusedTokenException e) {
            throw refused(e.reason());
        }
        if (!logouts.end(notice)) {
            throw refused(Fault.REPLAYED);
        }
    }

    /** Reports that a token is refused. */
    public RefusedTokenException refused(Fault fault) {
        events.fire(new LogoutRefused(fault, logouts.now()));
        return new RefusedTokenException(fault);
    }
}
