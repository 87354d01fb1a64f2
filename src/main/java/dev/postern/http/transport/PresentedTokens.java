package dev.postern.http.transport;

import dev.postern.Ending;
import dev.postern.PosternException;
import dev.postern.http.request.UnwrappedRequest;
import dev.postern.session.HalfWaySignIns;
import dev.postern.session.SessionKeeper;
import dev.postern.session.request.RequestLogin;
import dev.postern.session.token.Token;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The tokens that a client presents with a request and that this cluster has issued, and the end of their sessions.
 *
 * <p>Safe for concurrent use.
 */
public final class PresentedTokens {

    private final SessionKeeper keeper;
    private final TokenTransport transport;

    public PresentedTokens(SessionKeeper keeper, TokenTransport transport) {
        this.keeper = keeper;
        this.transport = transport;
    }

    /** The token of this request's login; without a login, the one that the client presents. */
    public Optional<Token> of(HttpServletRequest request) {
        return UnwrappedRequest.login(request) instanceof RequestLogin.SignedIn login
                ? Optional.of(login.live().token())
                : text(request).flatMap(keeper::recognise);
    }

    /**
     * The text of the token that this cluster has issued, among those that the client presents. Others beside it were
     * planted, or left behind. If this cluster has issued none, it is the first, so that later checks can say what is
     * wrong with it. Empty if there is no text, too many, or two issued tokens.
     */
    public Optional<String> text(HttpServletRequest request) {
        List<String> texts = transport.read(request);
        if (texts.size() == 1) {
            return Optional.of(texts.get(0));
        }
        if (texts.isEmpty() || texts.size() > SessionCookie.MOST) {
            return Optional.empty();
        }
        List<String> issued = texts.stream()
                .filter(text -> keeper.recognise(text).isPresent())
                .toList();
        return issued.size() > 1
                ? Optional.empty()
                : Stream.concat(issued.stream(), texts.stream()).findFirst();
    }

    /**
     * Whether the client presents two issued tokens, or too many texts, so that it is unknown which one counts.
     */
    public boolean areDoubled(HttpServletRequest request) {
        return transport.read(request).size() > 1 && text(request).isEmpty();
    }

    /**
     * Ends the session of every token that the client holds, and gives up its sign-in that lacks a second factor.
     *
     * @throws PosternException when the grid does not answer, or did not answer this request before. A request waits
     *     for the grid in vain only once. The sessions are then ended in the background
     */
    public void endAll(HttpServletRequest request) {
        Set<Token> tokens = all(request);
        try {
            if (UnwrappedRequest.login(request) instanceof RequestLogin.Unavailable broken) {
                throw broken.cause();
            }
            tokens.forEach(token -> keeper.end(token, Ending.SIGNED_OUT));
            HalfWaySignIns halfWay = keeper.halfWaySignIns();
            transport.halfWay(request).forEach(text -> halfWay.recognise(text).ifPresent(halfWay::end));
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
