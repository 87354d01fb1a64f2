package dev.postern.http;

import dev.postern.Ending;
import dev.postern.PosternException;
import dev.postern.session.Login;
import dev.postern.session.SessionKeeper;
import dev.postern.session.Token;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The tokens that a client presents with a request, as far as this cluster has issued them, and their end.
 *
 * <p>Safe for concurrent use.
 */
final class PresentedTokens {

    private final SessionKeeper keeper;
    private final TokenTransport transport;

    PresentedTokens(SessionKeeper keeper, TokenTransport transport) {
        this.keeper = keeper;
        this.transport = transport;
    }

    /** The token of this request: of the login that it holds by now, else of what the client presents. */
    Optional<Token> of(HttpServletRequest request) {
        return Logins.known(request) instanceof Login.SignedIn login
                ? Optional.of(login.live().token())
                : transport.read(request).flatMap(keeper::recognise);
    }

    /**
     * Ends the session of every token that the client holds.
     *
     * @throws PosternException when the grid does not answer, or has not before: a request that has waited for it in vain does not
     *     wait again, nor for the session of a second token. Then they are ended in the background
     */
    void endAll(HttpServletRequest request) {
        Set<Token> tokens = all(request);
        try {
            if (Logins.known(request) instanceof Login.Unavailable broken) {
                throw broken.cause();
            }
            tokens.forEach(token -> keeper.end(token, Ending.SIGNED_OUT));
        } catch (PosternException e) {
            tokens.forEach(token -> keeper.endLater(token, Ending.SIGNED_OUT));
            throw e;
        }
    }

    /** A second cookie, planted perhaps, must not disarm a sign-out. */
    private Set<Token> all(HttpServletRequest request) {
        Set<Token> tokens = new HashSet<>();
        of(request).ifPresent(tokens::add);
        transport.all(request).forEach(value -> keeper.recognise(value).ifPresent(tokens::add));
        return tokens;
    }
}
