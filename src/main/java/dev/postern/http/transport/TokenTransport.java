package dev.postern.http.transport;

import dev.postern.Challenge;
import dev.postern.session.event.LogEvent;
import dev.postern.session.event.RateLimitedLog;
import dev.postern.session.row.SessionRow;
import dev.postern.session.token.HalfWayToken;
import dev.postern.session.token.Token;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How the token travels between a client and us: in the cookie, or for a client that uses it, in the bearer header. It
 * goes back the way it came.
 *
 * <p>Safe for concurrent use.
 */
public final class TokenTransport {

    private final SessionCookie cookie;
    private final SessionCookie halfWay;
    private final BearerHeader bearer;
    private final RateLimitedLog plainHttp =
            new RateLimitedLog(System.getLogger(TokenTransport.class.getName()), System::nanoTime);

    public TokenTransport(SessionCookie cookie, BearerHeader bearer) {
        this.cookie = cookie;
        this.halfWay = cookie.halfWay();
        this.bearer = bearer;
    }

    /**
     * Whether a token may travel with this request: over TLS, or where the settings allow plain http. If not, the log
     * names the setting.
     */
    public boolean mayTravel(HttpServletRequest request) {
        boolean isAdmitted = cookie.isAdmitted(request);
        if (!isAdmitted) {
            plainHttp.warn(LogEvent.PLAIN_HTTP_REFUSED.told(
                    "A request came over plain http, so no token may travel with it. See the setting"
                            + " postern.cookie.plain-http."));
        }
        return isAdmitted;
    }

    /** Whether the client asks for a bearer token although the settings allow none. */
    public boolean isAskedInVain(HttpServletRequest request) {
        return bearer.isAskedFor(request) && !bearer.isEnabled();
    }

    /**
     * The texts that the client presents, of which one may be valid. Empty if there is none, or a second credential
     * beside it.
     */
    List<String> read(HttpServletRequest request) {
        if (!bearer.isPresented(request)) {
            return cookie.read(request);
        }
        return cookie.isAdmitted(request) && !isAmbiguous(request)
                ? bearer.read(request).stream().toList()
                : List.of();
    }

    /**
     * Whether a bearer token comes along with a cookie of ours, or with other credentials: RFC 6750, section 2, allows
     * one way.
     */
    public boolean isAmbiguous(HttpServletRequest request) {
        return bearer.isPresented(request) && (hasCookie(request) || bearer.isOneOfMany(request));
    }

    /** The challenge for a client whose token, if it has one, is not valid. */
    public String challenge(HttpServletRequest request) {
        return bearer.isPresented(request) ? Challenge.INVALID_TOKEN : Challenge.VALUE;
    }

    /** Whether a cookie of ours came along, with any value. */
    public boolean hasCookie(HttpServletRequest request) {
        return !cookie.all(request).isEmpty();
    }

    /** Whether a cookie of a sign-in that lacks its second factor came along, with any value. */
    public boolean hasHalfWayCookie(HttpServletRequest request) {
        return !halfWay.all(request).isEmpty();
    }

    /** Every text that the client presents, valid or not. */
    public List<String> all(HttpServletRequest request) {
        List<String> texts = new ArrayList<>(cookie.all(request));
        bearer.read(request).ifPresent(texts::add);
        return texts;
    }

    /** Sends the token of a sign-in: in a header where the client brings a bearer token, or asks for one. */
    public void sendNew(HttpServletRequest request, HttpServletResponse response, Token token, SessionRow.Active row) {
        send(bearer.isUsedBy(request), request, response, token, row);
        removeHalfWay(request, response);
    }

    /** The texts of sign-ins that lack their second factor, valid or not; usually one. Empty if there are too many. */
    public List<String> halfWay(HttpServletRequest request) {
        List<String> texts = halfWay.read(request);
        return texts.size() > SessionCookie.MOST ? List.of() : texts;
    }

    /** Sends the token of a sign-in that lacks its second factor, always in a cookie. */
    public void sendHalfWay(
            HttpServletRequest request, HttpServletResponse response, HalfWayToken token, Instant now, Instant end) {
        halfWay.send(request, response, token.reveal(), Duration.between(now, end), end);
    }

    /** Removes the cookie of a sign-in that lacks its second factor, if the client has one. */
    public void removeHalfWay(HttpServletRequest request, HttpServletResponse response) {
        if (hasHalfWayCookie(request)) {
            halfWay.remove(request, response);
        }
    }

    /** Sends the successor of the request's token the way this one came. No script may ask for that of a cookie. */
    public void sendSuccessor(
            HttpServletRequest request, HttpServletResponse response, Token token, SessionRow.Active row) {
        send(bearer.read(request).isPresent(), request, response, token, row);
    }

    private void send(
            boolean isBearer,
            HttpServletRequest request,
            HttpServletResponse response,
            Token token,
            SessionRow.Active row) {
        if (isBearer) {
            bearer.send(request, response, token.reveal());
        } else {
            cookie.send(request, response, token, row);
        }
    }

    /**
     * Whether a client that holds a cookie asks for a bearer token. The cookie's session is not continued then: its
     * token would change without the holder of the cookie.
     */
    public boolean wantsAnother(HttpServletRequest request) {
        return bearer.isUsedBy(request) && bearer.read(request).isEmpty();
    }

    /** Removes the token of the session that the client holds. */
    public void remove(HttpServletRequest request, HttpServletResponse response) {
        bearer.remove(request, response);
        if (!bearer.isUsedBy(request) || !cookie.all(request).isEmpty()) {
            cookie.remove(request, response);
        }
    }
}
