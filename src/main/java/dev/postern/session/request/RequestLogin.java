package dev.postern.session.request;

import dev.postern.Challenge;
import dev.postern.PosternException;
import dev.postern.session.LiveSession;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the caller of one request: the mechanism leaves it in the request, everything else reads it there.
 *
 * <p>Immutable.
 */
public sealed interface RequestLogin {

    /** The request attribute under which the mechanism leaves it. */
    String ATTRIBUTE = "dev.postern.login";

    /**
     * The request attribute that is there while the server may ask once more for a caller whom a resource admits as he
     * is. Payara does so before an open JAX-RS method, and would send the challenge that it gets.
     */
    String ADMITTED = "dev.postern.admitted";

    /**
     * The request attribute that is there when the answer is one of ours and not the application's: a refusal for
     * instance.
     */
    String REFUSED = "dev.postern.refused";

    /** The login in the value of the attribute; anonymous when the mechanism has not left any. */
    static RequestLogin of(@Nullable Object attribute) {
        return attribute instanceof RequestLogin login ? login : new Anonymous();
    }

    /**
     * The session of the caller; nothing for an anonymous one.
     *
     * @throws PosternException when it is unknown
     */
    Optional<LiveSession> session();

    /** What a 401 challenges this caller with. */
    default String challenge() {
        return Challenge.VALUE;
    }

    /** The caller is not signed in. The challenge says so, or what is wrong with the token that the client brought. */
    record Anonymous(String challenge) implements RequestLogin {

        /** One who brought nothing. */
        public Anonymous() {
            this(Challenge.VALUE);
        }

        @Override
        public Optional<LiveSession> session() {
            return Optional.empty();
        }
    }

    /**
     * A session that was found to be alive, what the application itself knows of its user, where it can say so, and
     * what its client would be challenged with.
     */
    record SignedIn(LiveSession live, Optional<Object> own, String challenge) implements RequestLogin {

        public SignedIn(LiveSession live) {
            this(live, Optional.empty(), Challenge.VALUE);
        }

        /** The same login once its session has been written anew. */
        SignedIn after(LiveSession written) {
            return new SignedIn(written.withUser(live.user()), own, challenge);
        }

        @Override
        public Optional<LiveSession> session() {
            return Optional.of(live);
        }
    }

    /**
     * The credentials were right, but the user has as many sessions as allowed, or has signed in too often lately: the
     * sign-in is refused. Where it helps to wait it says how long; else that is zero.
     */
    record Refused(Duration retryAfter) implements RequestLogin {

        /** A user who has as many sessions as allowed. */
        public Refused() {
            this(Duration.ZERO);
        }

        @Override
        public Optional<LiveSession> session() {
            return Optional.empty();
        }
    }

    /** The grid did not answer, so the caller is unknown: 503, never anonymous. */
    record Unavailable(PosternException cause) implements RequestLogin {

        /** Throws a new exception each time, because the request may ask on several threads. */
        @Override
        public Optional<LiveSession> session() {
            throw new PosternException("It is unknown whether the caller is signed in.", cause);
        }
    }
}
