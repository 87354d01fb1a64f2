package dev.postern;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that happened to a session, for audits and alarms. Fired as a CDI event: observe this type, or one of its
 * records, with {@link jakarta.enterprise.event.Observes @Observes}.
 *
 * <p>An event is fired once in the cluster, on the node where it happened, after the row is written. An observer cannot
 * prevent anything, and one that throws is logged. A lost answer of the cluster can lose an event, never repeat it. A
 * session that is merely used fires none.
 *
 * <p>Observers run on the request's thread. One exception: a session that was ended in the background, because the
 * cluster had not answered. Then the thread has no request.
 *
 * <p>Some events describe what a client sent, and are fired each time that it comes back. A node fires a bounded number
 * of them in a second; JMX counts all:
 *
 * <table>
 * <caption>Limits of a node</caption>
 * <tr><th>Events</th><th>At most in a second</th></tr>
 * <tr><td>{@link Expired} and {@link Rejected}</td><td>20 together</td></tr>
 * <tr><td>{@link ReuseDetected} where it ends nothing</td><td>20</td></tr>
 * <tr><td>{@link LogoutRefused}</td><td>20</td></tr>
 * <tr><td>{@link SignInFailed} and {@link SignInThrottled}</td><td>20 together</td></tr>
 * </table>
 *
 * <p>{@code handle} is the session's public and permanent name, {@link SessionMetadata#fingerprint()}. No event carries
 * anything that could be presented as a token. {@code at} is the cluster's time. Immutable.
 */
public sealed interface SessionEvent {

    // A new kind also needs: a limit in EventPublisher.limit if clients can cause it at will, and a row in the table
    // above; a place in EventPublisher.isAlarming if it is a warning; a row in src/docs/events.md; and, if operators
    // want a figure, one in SessionsMXBean and in src/docs/operations/monitoring.md.

    /** When it happened. */
    Instant at();

    /**
     * The id in the log, {@code session_created} for instance. It is a word of the OWASP logging vocabulary where that
     * has one. It stays the same from version to version, so alarms can rely on it.
     */
    String id();

    /** A user signed in, and a session began. */
    record Created(String handle, String user, Instant at) implements SessionEvent {
        @Override
        public String id() {
            return "session_created";
        }
    }

    /**
     * A user gave the right credentials, and already has as many sessions as {@code postern.session.max-per-user}
     * allows. The sign-in is refused.
     */
    record Refused(String user, Instant at) implements SessionEvent {
        @Override
        public String id() {
            return "session_refused";
        }
    }

    /**
     * A credential was wrong. It carries what the client says of itself.
     *
     * @param user the name that was typed, whether or not there is such a user; empty if the credential has none. It
     *     has at most 100 characters, and none that could forge a line of a log (ASVS 16.4.1). It may be a password
     *     that was typed into the wrong field.
     * @param address the client's address, as the server sees it
     */
    record SignInFailed(Optional<String> user, String address, Instant at) implements SessionEvent {

        public SignInFailed {
            user = user.map(SessionEvent::printable);
        }

        @Override
        public String id() {
            return "authn_login_fail";
        }
    }

    /**
     * A sign-in was refused, because too many had failed before or were being checked at that moment, or because the
     * user has signed in too often.
     *
     * @param user the name, as in {@link SignInFailed}
     * @param address the client's address, as the server sees it
     */
    record SignInThrottled(Optional<String> user, String address, Instant at) implements SessionEvent {

        public SignInThrottled {
            user = user.map(SessionEvent::printable);
        }

        @Override
        public String id() {
            return "authn_login_fail_max";
        }
    }

    /**
     * A user gave the right credentials, and all sessions of the user were ended meanwhile. The sign-in is refused: the
     * password may be one that was changed meanwhile.
     */
    record SignInOvertaken(String user, Instant at) implements SessionEvent {
        @Override
        public String id() {
            return "authn_login_overtaken";
        }
    }

    /** The user of a session signed in again in the same client. Its former token is invalid. */
    record Reauthenticated(String handle, String user, Instant at) implements SessionEvent {
        @Override
        public String id() {
            return "session_reauthenticated";
        }
    }

    /** A successor of the session's token was offered to the client. */
    record Renewed(String handle, String user, Instant at) implements SessionEvent {
        @Override
        public String id() {
            return "session_renewed";
        }
    }

    /**
     * The client came back with the successor, which is the session's token from now on.
     *
     * @param isHealed whether it was another than the one on offer: the row had lost a write, in a split of the cluster
     *     for instance, and follows the client again
     */
    record Confirmed(String handle, String user, boolean isHealed, Instant at) implements SessionEvent {
        @Override
        public String id() {
            return isHealed ? "session_healed" : "session_confirmed";
        }
    }

    /**
     * A token is in use and due, and no client has come with a successor. Either the client ignores the cookies that it
     * is sent, or a thief takes the successors away from the owner. Fired once for each token.
     *
     * @param periods the number of periods in which successors were offered and none came back. A period is a little
     *     longer than {@code postern.session.grace}: for so long an answer may be under way
     */
    record RenewalUnanswered(String handle, String user, int periods, Instant at) implements SessionEvent {
        @Override
        public String id() {
            return "session_renewal_unanswered";
        }
    }

    /**
     * A token was presented that only a thief can still hold.
     *
     * @param isEnded whether the session was ended because of it, as the setting {@code postern.session.reuse} decides
     */
    record ReuseDetected(String handle, String user, boolean isEnded, Instant at) implements SessionEvent {
        @Override
        public String id() {
            return "authn_token_reuse";
        }
    }

    /** A client came with a session whose idle or absolute deadline has passed. */
    record Expired(String handle, Instant at) implements SessionEvent {
        @Override
        public String id() {
            return "session_use_after_expire";
        }
    }

    /** A session has ended. */
    record Ended(String handle, Ending reason, Instant at) implements SessionEvent {
        @Override
        public String id() {
            return reason.id();
        }
    }

    /**
     * A token was invalid.
     *
     * @param handle the session's handle; empty if the token names no session of this application
     */
    record Rejected(Cause cause, Optional<String> handle, Instant at) implements SessionEvent {

        @Override
        public String id() {
            return "authn_token_" + cause.name().toLowerCase(Locale.ROOT);
        }

        /** Why a token was invalid. */
        public enum Cause {
            /**
             * This cluster did not issue it for this application: forged, cut, foreign, or signed with a retired key.
             */
            MALFORMED,
            /** Several cookies of the request hold tokens. It is unknown which is right, so none is valid. */
            DOUBLED,
            /** There is no such session. It was over long ago, or it is on the other side of a split. */
            UNKNOWN,
            /** The session's row cannot be read. */
            UNREADABLE,
            /** The session was ended. */
            ENDED,
            /** The session has a newer token, but not for long enough to call this one stolen. */
            LATE
        }
    }

    /**
     * A logout token at {@code /postern/backchannel-logout} was refused, so no session has ended. The identity provider
     * is set up wrongly, or the token is not its own.
     */
    record LogoutRefused(Fault fault, Instant at) implements SessionEvent {

        @Override
        public String id() {
            return "logout_token_" + fault.name().toLowerCase(Locale.ROOT);
        }

        /** What is wrong with a logout token. */
        public enum Fault {
            /** It is missing or too long, no signed JSON Web Token, or lacks a claim. */
            MALFORMED,
            /** Its {@code typ} is that of a token for another purpose. */
            TYPE,
            /** It is not signed, or not by RS256, PS256 or ES256. */
            ALGORITHM,
            /** The provider has no such key. */
            UNKNOWN_KEY,
            /** It was not signed with the provider's key: forged or changed. */
            SIGNATURE,
            /** It is of another provider. */
            ISSUER,
            /** It is for another application. */
            AUDIENCE,
            /** Its time is over. */
            EXPIRED,
            /** It was issued in the future, or lives for more than an hour. */
            TIME,
            /** It is no logout token: an ID token, for instance. */
            EVENTS,
            /** It has a {@code nonce}, so it may be an ID token. */
            NONCE,
            /** It names neither a subject nor a session. */
            NAMELESS,
            /** It has done its work before. */
            REPLAYED
        }
    }

    private static String printable(String text) {
        int most = 100;
        String cut = text.codePointCount(0, text.length()) > most
                ? text.substring(0, text.offsetByCodePoints(0, most)) + '…'
                : text;
        return cut.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
    }
}
