package dev.postern.session.request;

import dev.postern.Challenge;
import dev.postern.PosternException;
import dev.postern.session.LiveSession;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the caller of one request. The authentication mechanism sets it as a request attribute, and all
 * other code reads it there.
 *
 * <p>Immutable.
 */
public sealed interface RequestLogin {

    /** The request attribute that holds it. */
    String ATTRIBUTE = "dev.postern.login";

    /**
     * The request attribute that is present from the moment at which Postern's filter admits the caller of a JAX-RS
     * method, until the server's own filter has run. Payara's filter runs the mechanism again, also before an open
     * method. With this attribute the mechanism does not refuse an anonymous caller there.
     */
    String ADMITTED = "dev.postern.admitted";

    /**
     * The request attribute that is present if Postern gives the answer and not the application, a refusal for
     * instance.
     */
    String REFUSED = "dev.postern.refused";

    /**
     * The request attribute with the address of the login page, a text. It is set for a browser that shows a page, if
     * there is a login page.
     */
    String LOGIN_PAGE = "dev.postern.login-page";

    /** The login in the value of the attribute; anonymous if it holds none. */
    static RequestLogin of(@Nullable Object attribute) {
        return attribute instanceof RequestLogin login ? login : new Anonymous();
    }

    /**
     * The session of the caller; empty if the caller is not signed in.
     *
     * @throws PosternException when the caller is unknown
     */
    Optional<LiveSession> session();

    /** The challenge in a 401 to this caller. */
    default String challenge() {
        return Challenge.VALUE;
    }

    /** The caller is not signed in. The challenge says so, or what is wrong with the client's token. */
    record Anonymous(String challenge) implements RequestLogin {

        /** A caller without a token. */
        public Anonymous() {
            this(Challenge.VALUE);
        }

        @Override
        public Optional<LiveSession> session() {
            return Optional.empty();
        }
    }

    /**
     * The caller is signed in.
     *
     * @param live the session
     * @param own the user as the {@code CurrentUserLoader} gave it; empty without a loader
     * @param challenge the challenge for a step-up
     */
    record SignedIn(LiveSession live, Optional<Object> own, String challenge) implements RequestLogin {

        public SignedIn(LiveSession live) {
            this(live, Optional.empty(), Challenge.VALUE);
        }

        /** This login, with its session as it was written now. */
        SignedIn after(LiveSession written) {
            return new SignedIn(written.withUser(live.user()), own, challenge);
        }

        @Override
        public Optional<LiveSession> session() {
            return Optional.of(live);
        }
    }

    /** The grid did not answer, so the caller is unknown: 503, never anonymous. */
    record Unavailable(PosternException cause) implements RequestLogin {

        /** Throws a new exception each time, because several threads of the request may call it. */
        @Override
        public Optional<LiveSession> session() {
            throw new PosternException("It is unknown whether the caller is signed in.", cause);
        }
    }
}
