package dev.postern.http;

import dev.postern.Ending;
import dev.postern.MetadataContributor;
import dev.postern.MetadataDraft;
import dev.postern.PosternException;
import dev.postern.session.Incident;
import dev.postern.session.LiveSession;
import dev.postern.session.Login;
import dev.postern.session.Resumption;
import dev.postern.session.SeldomLog;
import dev.postern.session.SessionKeeper;
import dev.postern.session.SignIn;
import dev.postern.session.Token;
import dev.postern.session.Use;
import dev.postern.session.User;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.System.Logger;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * From the token of a request to the login in it, and back: resumes, begins and ends the session of a request and leaves
 * what it found in {@link Login#ATTRIBUTE}.
 *
 * <p>Safe for concurrent use.
 */
public final class Logins {

    private static final Logger LOG = System.getLogger(Logins.class.getName());

    private final SessionKeeper keeper;
    private final TokenTransport transport;
    private final Iterable<MetadataContributor> contributors;
    private final SeldomLog failures = new SeldomLog(LOG, System::nanoTime);
    private final SeldomLog plainHttp = new SeldomLog(LOG, System::nanoTime);

    public Logins(SessionKeeper keeper, TokenTransport transport, Iterable<MetadataContributor> contributors) {
        this.keeper = keeper;
        this.transport = transport;
        this.contributors = contributors;
    }

    /** The login that an earlier step of this request has found; anonymous when there was none. */
    public static Login known(HttpServletRequest request) {
        return Login.of(request.getAttribute(Login.ATTRIBUTE));
    }

    /** Whether a token may travel with this request; where not, the log says which setting decides. */
    boolean mayTravel(HttpServletRequest request) {
        boolean isAdmitted = transport.isAdmitted(request);
        if (!isAdmitted) {
            plainHttp.warn(Incident.PLAIN_HTTP_REFUSED.told(
                    "A request came over plain http; see the setting postern.cookie.plain-http."));
        }
        return isAdmitted;
    }

    /** Whether the client asks at sign-in for a bearer token, and the settings allow none. */
    boolean isBearerAskedInVain(HttpServletRequest request) {
        return transport.isAskedInVain(request);
    }

    /**
     * The login that the request's token stands for, asked for once in a request: what was found stays. When the token is due
     * for renewal, the client gets its successor with this response.
     */
    Login resume(HttpServletRequest request, HttpServletResponse response, boolean isPassive) {
        return request.getAttribute(Login.ATTRIBUTE) instanceof Login login
                ? login
                : leave(request, look(request, response, isPassive));
    }

    /**
     * Signs the user in: a new session, a new token in the cookie, and a new id for the container's own session. What that
     * holds stays only when it was nobody's or the same user's.
     *
     * @throws IllegalStateException when the response is committed, so that the client could not be given its token
     */
    Login begin(HttpServletRequest request, HttpServletResponse response, User user, boolean isRemembered) {
        if (response.isCommitted()) {
            throw new IllegalStateException("Sign in before the response is written: its headers carry the token.");
        }
        try {
            return leave(request, signIn(request, response, user, isRemembered));
        } catch (PosternException e) {
            return leave(request, unavailable(e));
        }
    }

    /** Tells that the credential was wrong. That nobody could be told is no reason to answer anything else. */
    void fail(Credential credential) {
        Optional<String> name = credential instanceof UsernamePasswordCredential typed
                ? Optional.ofNullable(typed.getCaller())
                : Optional.empty();
        try {
            keeper.signInFailed(name);
        } catch (PosternException e) {
            warn(e);
        }
    }

    private Login signIn(HttpServletRequest request, HttpServletResponse response, User user, boolean isRemembered) {
        Optional<Token> presented = transport.wantsAnother(request) ? Optional.empty() : presented(request);
        Optional<LiveSession> begun =
                keeper.begin(new SignIn(user, isRemembered, presented, draft -> contribute(request, draft)));
        if (begun.isEmpty()) {
            return new Login.Refused();
        }
        LiveSession session = begun.get();
        transport.send(request, response, session.token(), session.row());
        if (presented.filter(session.token()::isOfAnotherUser).isPresent()) {
            ContainerSession.end(request);
        } else {
            ContainerSession.rename(request);
        }
        return new Login.SignedIn(session);
    }

    /**
     * Signs out: ends the session of every token that the client holds, removes the cookie, and ends the container's own
     * session, whose content was the user's.
     *
     * @throws PosternException when the grid does not answer; then the client keeps what it holds, and can try again, and
     *     the session is ended in the background
     */
    void end(HttpServletRequest request, HttpServletResponse response) {
        try {
            end(known(request), tokens(request));
        } catch (PosternException e) {
            leave(request, unavailable(e));
            throw e;
        }
        if (known(request) instanceof Login.SignedIn || !transport.all(request).isEmpty()) {
            transport.remove(request, response);
        }
        leave(request, new Login.Anonymous());
        ContainerSession.end(request);
    }

    /** A request that has waited for the grid in vain does not wait for it again, nor for the session of a second token. */
    private void end(Login known, Set<Token> tokens) {
        try {
            if (known instanceof Login.Unavailable broken) {
                throw broken.cause();
            }
            tokens.forEach(token -> keeper.end(token, Ending.SIGNED_OUT));
        } catch (PosternException e) {
            tokens.forEach(token -> keeper.endLater(token, Ending.SIGNED_OUT));
            throw e;
        }
    }

    private Login look(HttpServletRequest request, HttpServletResponse response, boolean isPassive) {
        Use use = isPassive ? Use.PASSIVE : Use.active(draft -> contribute(request, draft));
        try {
            Resumption resumption = transport
                    .read(request)
                    .map(text -> keeper.resume(text, use))
                    .orElseGet(Resumption.Absent::new);
            if (!(resumption instanceof Resumption.Live live)) {
                return new Login.Anonymous();
            }
            live.successor()
                    .ifPresent(token -> transport.send(
                            request, response, token, live.session().row()));
            return new Login.SignedIn(live.session());
        } catch (PosternException e) {
            return unavailable(e);
        }
    }

    /** Every token that the client holds: a second cookie, planted perhaps, must not disarm a sign-out. */
    private Set<Token> tokens(HttpServletRequest request) {
        Set<Token> tokens = new HashSet<>();
        presented(request).ifPresent(tokens::add);
        transport.all(request).forEach(value -> keeper.recognise(value).ifPresent(tokens::add));
        return tokens;
    }

    /** The token of this request: of the login that it holds by now, else of what the client presents. */
    private Optional<Token> presented(HttpServletRequest request) {
        return known(request) instanceof Login.SignedIn login
                ? Optional.of(login.live().token())
                : transport.read(request).flatMap(keeper::recognise);
    }

    private void contribute(HttpServletRequest request, MetadataDraft draft) {
        contributors.forEach(contributor -> contributor.contribute(request, draft));
    }

    static Login leave(HttpServletRequest request, Login login) {
        request.setAttribute(Login.ATTRIBUTE, login);
        return login;
    }

    /** Logs that the grid failed, seldom enough not to fill the disk. */
    void warn(PosternException e) {
        failures.warn(Incident.GRID_FAILED.told("The credentials cache did not answer."), e);
    }

    private Login unavailable(PosternException e) {
        warn(e);
        return new Login.Unavailable(e);
    }
}
