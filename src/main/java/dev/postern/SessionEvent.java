package dev.postern;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that happened to a session. Fired as a CDI event: observe this type, or one of its records.
 *
 * <p>Fired once in the cluster, on the node where it happened, after the row is written: an observer cannot prevent
 * anything, and one that throws is logged. Observers run on the request's thread, except when a session was ended in
 * the background because the grid had not answered: then on a thread without a request. A lost answer of the grid can
 * cost an event, never repeat it. A session that is touched fires none.
 *
 * <p>Some kinds describe what a client sent and not what became of a session: {@link Expired}, {@link Rejected},
 * {@link ReuseDetected} where it ends nothing, {@link SignInFailed} and {@link SignInThrottled}. They are fired each
 * time that the client comes back, and a node fires at most 20 a second of the first two together, 20 of the third, and
 * 20 of the last two together.
 *
 * <p>{@code handle} is the session's public and permanent name, {@link SessionMetadata#fingerprint()}; no event carries
 * anything that could be presented as a token. Times are the cluster's. Immutable.
 */
public sealed interface SessionEvent {

    /** When it happened. */
    Instant at();

    /**
     * The id that the log uses, {@code session_created} for instance: from the OWASP logging vocabulary where that has
     * one. It stays the same from version to version, so alarms can rely on it.
     */
    String id();

    /** A user signed in, and a session began. */
    record Created(String handle, String user, Instant at) implements SessionEvent {
        @Override
        public String id() {
            return "session_created";
        }
    }

    /** A user gave the right credentials, and has as many sessions as {@code postern.session.max-per-user} allows. */
    record Refused(String user, Instant at) implements SessionEvent {
        @Override
        public String id() {
            return "session_refused";
        }
    }

    /**
     * A credential was wrong. Carries what the client says of itself: the name, where the credential has one, whether
     * or not there is such a user, without characters that could forge a line of a log, and at most 100 of them; and
     * the address, as the server sees it. The name may be a password that was typed into the wrong field.
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
     * A sign-in was refused, because too many had failed before or were being checked at that moment. Carries what
     * {@link SignInFailed} does.
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
     * A user gave the right credentials, and all their sessions were ended meanwhile: the sign-in is refused. The
     * password may be one that was changed meanwhile.
     */
    record SignInOvertaken(String user, Instant at) implements SessionEvent {
        @Override
        public String id() {
            return "authn_login_overtaken";
        }
    }

    /** The user of a session signed in again in the same client: its former token is invalid. */
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
     * The client came back with the successor, which is the session's token from now on. {@code isHealed} says that it
     * was not the one on offer: the row had lost a write, after a split for instance, and now follows the client again.
     */
    record Confirmed(String handle, String user, boolean isHealed, Instant at) implements SessionEvent {
        @Override
        public String id() {
            return isHealed ? "session_healed" : "session_confirmed";
        }
    }

    /**
     * A token is in use and due, its successor was offered {@code periods} times, each for as long as an answer may be
     * under way, and no client has come with one. Reported once for each token. Either the client ignores the cookies
     * that it is sent, or a thief takes the offers away from the owner.
     */
    record RenewalUnanswered(String handle, String user, int periods, Instant at) implements SessionEvent {
        @Override
        public String id() {
            return "session_renewal_unanswered";
        }
    }

    /**
     * A token was presented that only a thief can still hold. {@code isEnded} says whether the session was ended
     * because of it, which the setting {@code postern.session.reuse} decides.
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

    /** A token was invalid. The handle is absent where the token names no session of this application. */
    record Rejected(Cause cause, Optional<String> handle, Instant at) implements SessionEvent {

        @Override
        public String id() {
            return "authn_token_" + cause.name().toLowerCase(Locale.ROOT);
        }

        /** Why a token did not count. */
        public enum Cause {
            /**
             * This cluster did not issue it for this application: forged, cut, foreign, or signed with a retired key.
             */
            MALFORMED,
            /**
             * Two cookies of the request hold tokens, or too many are there: which is right is unknown, so none is
             * valid.
             */
            DOUBLED,
            /** There is no such session; it was over long ago, or it is elsewhere in a split. */
            UNKNOWN,
            /** The session's row cannot be read. */
            UNREADABLE,
            /** The session was ended. */
            ENDED,
            /** The session goes by a newer token, and not for long enough to call the older one a copy. */
            LATE
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
