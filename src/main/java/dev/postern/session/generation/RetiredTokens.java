package dev.postern.session.generation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The retired tokens of a session, by number, as long as an honest client may still send them. They were issued before
 * the current token, or beside it.
 *
 * <p>A retired token is judged by its retirement and its age, in graces since it was retired:
 *
 * <pre>
 * Retirement                    age below 1   below 4    older      why
 * ----------------------------  ------------  ---------  ---------  -------------------------------------------
 * RENEWED                       accepted      late       copy       its successor is in use
 * RENEWED_UNCONFIRMED           accepted      late       late       it was a sign-in's, and never seen in use
 * REAUTHENTICATED               late          late       copy       the new token of a sign-in is in use
 * REAUTHENTICATED_UNCONFIRMED   late          late       late       the answer to the sign-in may be lost
 * NEVER_USED                    late          late       late       it may have overtaken the sign-in's answer
 * OVERTAKEN                     accepted, and returned once the current token is older than an offer's lifetime
 * RETURNED                      returned      returned   returned   its client's cookie jar has it for good
 * not listed                    copy          copy       copy       an honest client has it no more
 * </pre>
 *
 * <p>Four events change the entries. A dash leaves an entry as it is.
 *
 * <pre>
 * Retirement                    a newer token     the user signs in            the current      this token
 *                               comes into use    over the session             token is used    is used
 * ----------------------------  ----------------  ---------------------------  ---------------  ------------
 * RENEWED                       -                 REAUTHENTICATED_UNCONFIRMED  -                -
 * RENEWED_UNCONFIRMED           REAUTHENTICATED   NEVER_USED                   -                -
 * REAUTHENTICATED               -                 REAUTHENTICATED_UNCONFIRMED  -                -
 * REAUTHENTICATED_UNCONFIRMED   REAUTHENTICATED   -                            REAUTHENTICATED  -
 * NEVER_USED                    REAUTHENTICATED   -                            -                -
 * OVERTAKEN                     RENEWED (1)       NEVER_USED                   RENEWED (1)      RETURNED (2)
 * RETURNED                      OVERTAKEN (3)     NEVER_USED                   -                -
 *
 * (1) once everything from before has arrived: two lifetimes of an offer after its retirement
 * (2) once the current token is older than an offer's lifetime
 * (3) or RENEWED at once, if (1) holds
 * </pre>
 *
 * <p>An entry's age starts again when it becomes REAUTHENTICATED, RENEWED or RETURNED. No other event prolongs or
 * shortens it. Entries that have become copies are dropped at the first two events.
 *
 * <p>These two also add an entry for the token that was current:
 *
 * <pre>
 * The token that was current    a newer token comes into use        the user signs in over the session
 * ----------------------------  ----------------------------------  ----------------------------------
 * a sign-in's, not yet used     RENEWED_UNCONFIRMED, OVERTAKEN (4)  NEVER_USED
 * any other                     RENEWED, OVERTAKEN (4)              REAUTHENTICATED_UNCONFIRMED
 * offers beside it              OVERTAKEN, if their numbers are     NEVER_USED
 *                               between the two tokens
 *
 * (4) if the newer token was issued beside it, and their answers may have crossed
 * </pre>
 *
 * <p>Immutable.
 *
 * @param all in the order of their numbers; an entry stands for the numbers from its own up to the next one's
 */
public record RetiredTokens(List<RetiredToken> all) {

    public static final RetiredTokens NONE = new RetiredTokens(List.of());

    /** For this many graces a retired token is put down to a delay, and not to theft. */
    static final int LATE_GRACES = 4;

    /** The most entries. An honest session does not change as often within four graces, and a row must be bounded. */
    public static final int MOST = 16;

    public RetiredTokens {
        all = List.copyOf(all);
    }

    /** A token, when it was retired, and how. */
    public record RetiredToken(int number, Instant at, Retirement retirement) {

        /** The same token with another retirement at the same time. */
        private RetiredToken as(Retirement other) {
            return new RetiredToken(number, at, other);
        }

        /** The same token with another retirement at a later time. */
        private RetiredToken as(Retirement other, Instant later) {
            return new RetiredToken(number, later, other);
        }
    }

    /** How a token was retired. The class comment says what follows from it. */
    public enum Retirement {
        /** Its successor came into use. */
        RENEWED,
        /** The user signed in again, and the new token was seen in use. */
        REAUTHENTICATED,
        /** The user signed in again, and the new token was not seen in use yet. */
        REAUTHENTICATED_UNCONFIRMED,
        /** At a sign-in it was on offer, or it was the token of an earlier sign-in that was never seen in use. */
        NEVER_USED,
        /** Its successor came into use. It was the token of a sign-in that was never seen in use itself. */
        RENEWED_UNCONFIRMED,
        /** A token that was issued beside it came into use. This one may arrive in the same cookie jar after that. */
        OVERTAKEN,
        /** It was overtaken, and was used when the other token must have arrived: so it is what its client holds. */
        RETURNED
    }

    /** What a retired token means for a request. */
    public enum Judgement {
        ACCEPTED,
        /** Accepted, and offered a successor. */
        RETURNED,
        LATE,
        COPY
    }

    /**
     * Judges the token of that number.
     *
     * @param since when the current token came into use
     */
    public Judgement judge(int number, Instant since, Instant now, Duration grace) {
        RetiredToken token = find(number);
        if (token == null) {
            return Judgement.COPY;
        }
        boolean isWithinGrace = now.isBefore(token.at.plus(grace));
        boolean isLate = now.isBefore(token.at.plus(grace.multipliedBy(LATE_GRACES)));
        return switch (token.retirement) {
            case RENEWED -> isWithinGrace ? Judgement.ACCEPTED : isLate ? Judgement.LATE : Judgement.COPY;
            case RENEWED_UNCONFIRMED -> isWithinGrace ? Judgement.ACCEPTED : Judgement.LATE;
            case REAUTHENTICATED -> isLate ? Judgement.LATE : Judgement.COPY;
            case REAUTHENTICATED_UNCONFIRMED, NEVER_USED -> Judgement.LATE;
            case OVERTAKEN ->
                now.isBefore(since.plus(OfferedTokens.lifetime(grace))) ? Judgement.ACCEPTED : Judgement.RETURNED;
            case RETURNED -> Judgement.RETURNED;
        };
    }

    private @Nullable RetiredToken find(int number) {
        RetiredToken found = null;
        for (RetiredToken token : all) {
            found = token.number <= number ? token : found;
        }
        return found;
    }

    /** The successor came into use in place of the token of that number. Those in between were on offer beside it. */
    RetiredTokens renewed(int number, int successor, ClusterTime time, Duration grace) {
        Retirement retirement = isCurrentUnconfirmed() ? Retirement.RENEWED_UNCONFIRMED : Retirement.RENEWED;
        RetiredTokens retired = newerInUse(time, grace).with(new RetiredToken(number, time.now(), retirement));
        return successor == number + 1
                ? retired
                : retired.with(new RetiredToken(number + 1, time.now(), Retirement.OVERTAKEN));
    }

    /** A token that was issued beside the one of that number came into use in its place. */
    RetiredTokens overtaken(int number, ClusterTime time, Duration grace) {
        return newerInUse(time, grace).with(new RetiredToken(number, time.now(), Retirement.OVERTAKEN));
    }

    private RetiredTokens newerInUse(ClusterTime time, Duration grace) {
        return withoutCopies(time.now(), grace)
                .map(token -> switch (token.retirement) {
                    case NEVER_USED, RENEWED_UNCONFIRMED -> token.as(Retirement.REAUTHENTICATED, time.now());
                    case RETURNED -> token.as(Retirement.OVERTAKEN);
                    default -> token;
                })
                .currentUsed(time, grace);
    }

    /**
     * The user signed in over the session.
     *
     * @param number the token that was current until then
     * @param highest the highest number that was on offer, or {@code number} if there were no offers
     */
    RetiredTokens reauthenticated(int number, int highest, Instant now, Duration grace) {
        Retirement retirement = isCurrentUnconfirmed() ? Retirement.NEVER_USED : Retirement.REAUTHENTICATED_UNCONFIRMED;
        RetiredTokens retired = withoutCopies(now, grace)
                .map(token -> switch (token.retirement) {
                    case RENEWED, REAUTHENTICATED -> token.as(Retirement.REAUTHENTICATED_UNCONFIRMED);
                    case RENEWED_UNCONFIRMED, OVERTAKEN, RETURNED -> token.as(Retirement.NEVER_USED);
                    case REAUTHENTICATED_UNCONFIRMED, NEVER_USED -> token;
                })
                .with(new RetiredToken(number, now, retirement));
        return highest == number ? retired : retired.with(new RetiredToken(number + 1, now, Retirement.NEVER_USED));
    }

    /** Whether the current token is a sign-in's that was not seen in use yet. */
    boolean isCurrentUnconfirmed() {
        return has(Retirement.REAUTHENTICATED_UNCONFIRMED);
    }

    /** The current token was used. */
    RetiredTokens currentUsed(ClusterTime time, Duration grace) {
        return map(token -> token.retirement == Retirement.REAUTHENTICATED_UNCONFIRMED
                ? token.as(Retirement.REAUTHENTICATED, time.now())
                : isSettled(token, time, grace) ? token.as(Retirement.RENEWED, time.now()) : token);
    }

    /** Whether {@link #currentUsed} changes an entry. */
    public boolean isChangedByUseOfCurrent(ClusterTime time, Duration grace) {
        for (RetiredToken token : all) {
            if (token.retirement == Retirement.REAUTHENTICATED_UNCONFIRMED || isSettled(token, time, grace)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether everything from before the token was overtaken must have arrived by now. The last answer takes an offer's
     * lifetime, and a request that was sent before it takes another one.
     */
    private static boolean isSettled(RetiredToken token, ClusterTime time, Duration grace) {
        Duration lifetime = OfferedTokens.lifetime(grace);
        return token.retirement == Retirement.OVERTAKEN
                && time.isSteady()
                && !time.now().isBefore(token.at.plus(lifetime).plus(lifetime));
    }

    /**
     * The token of that number was used.
     *
     * @param since when the current token came into use
     */
    RetiredTokens retiredUsed(int number, Instant since, ClusterTime time, Duration grace) {
        return isChangedByUseOf(number, since, time, grace)
                ? map(token -> token.equals(find(number)) ? token.as(Retirement.RETURNED, time.now()) : token)
                : this;
    }

    /** Whether {@link #retiredUsed} changes an entry. */
    public boolean isChangedByUseOf(int number, Instant since, ClusterTime time, Duration grace) {
        RetiredToken token = find(number);
        return token != null
                && token.retirement == Retirement.OVERTAKEN
                && time.isSteady()
                && !time.now().isBefore(since.plus(OfferedTokens.lifetime(grace)));
    }

    /** Whether no use of the current token, at any time, changes an entry or is contradicted by one. */
    public boolean areSettled() {
        for (RetiredToken token : all) {
            switch (token.retirement) {
                case REAUTHENTICATED_UNCONFIRMED, OVERTAKEN, RETURNED -> {
                    return false;
                }
                case RENEWED, REAUTHENTICATED, NEVER_USED, RENEWED_UNCONFIRMED -> {}
            }
        }
        return true;
    }

    /** Whether an overtaken token has returned. Its client does not hold the current token then. */
    public boolean hasReturned() {
        return has(Retirement.RETURNED);
    }

    /**
     * Whether a use of the current token comes from a second cookie jar. An overtaken token returned longer than an
     * offer's lifetime ago, so the owner's jar holds that one.
     */
    public boolean areContradictedByUseOfCurrent(ClusterTime time, Duration grace) {
        for (RetiredToken token : all) {
            if (token.retirement == Retirement.RETURNED
                    && time.isSteady()
                    && !time.now().isBefore(token.at.plus(OfferedTokens.lifetime(grace)))) {
                return true;
            }
        }
        return false;
    }

    private boolean has(Retirement retirement) {
        for (RetiredToken token : all) {
            if (token.retirement == retirement) {
                return true;
            }
        }
        return false;
    }

    private RetiredTokens map(UnaryOperator<RetiredToken> change) {
        return new RetiredTokens(all.stream().map(change).toList());
    }

    private RetiredTokens withoutCopies(Instant now, Duration grace) {
        return new RetiredTokens(all.stream()
                .filter(token -> judge(token.number, now, now, grace) != Judgement.COPY)
                .toList());
    }

    /**
     * Adds an entry. Of several NEVER_USED in a row the first one stands for all. Beyond {@link #MOST} the second entry
     * goes, and its tokens are judged as the one before.
     */
    private RetiredTokens with(RetiredToken last) {
        boolean isCovered = last.retirement == Retirement.NEVER_USED
                && !all.isEmpty()
                && all.get(all.size() - 1).retirement == Retirement.NEVER_USED;
        if (isCovered) {
            return this;
        }
        List<RetiredToken> more = new ArrayList<>(all);
        more.add(last);
        if (more.size() > MOST) {
            more.remove(1);
        }
        return new RetiredTokens(more);
    }
}
