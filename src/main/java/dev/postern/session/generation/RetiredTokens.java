package dev.postern.session.generation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a session from before its current one, by number, as long as somebody honest may still send them. Each
 * has its own time: a later change neither prolongs nor shortens what is left to a token from before an earlier one.
 *
 * <p>Immutable.
 *
 * @param all in the order of their numbers; an entry stands for the numbers from its own up to the next one's
 */
public record RetiredTokens(List<RetiredToken> all) {

    public static final RetiredTokens NONE = new RetiredTokens(List.of());

    /** For how many graces a token from before a change is put down to delay rather than to theft. */
    static final int LATE_GRACES = 4;

    /** More changes than this within a few graces do not happen, and a row has to end somewhere. */
    public static final int MOST = 16;

    public RetiredTokens {
        all = List.copyOf(all);
    }

    /** A token that went out of use at a time, and how. */
    public record RetiredToken(int number, Instant at, Retirement retirement) {

        private RetiredToken by(Retirement other) {
            return new RetiredToken(number, at, other);
        }
    }

    /** How a token went out of use. */
    public enum Retirement {
        /** Its successor came into use. It is accepted for a grace, late for three more, and a copy then. */
        RENEWED,
        /**
         * Its user signed in again, and has used the new token since the time. It is late for four graces, and a copy
         * then.
         */
        REAUTHENTICATED,
        /** Its user signed in again, and nobody has used the new token: its answer may be lost. It is late. */
        REAUTHENTICATED_UNCONFIRMED,
        /**
         * It was on offer at a sign-in, or a sign-in's and never used, and may have overtaken the new one. It is late.
         */
        NEVER_USED,
        /**
         * It was a sign-in's, and nobody saw it used before its successor was. It is accepted for a grace, and late
         * then.
         */
        RENEWED_UNCONFIRMED,
        /**
         * It was issued beside one that has come into use, and may arrive in the same jar after that one. It is
         * accepted. Once the newer token is used at a time when everything from before must have arrived, it counts as
         * renewed then.
         */
        OVERTAKEN,
        /**
         * It was overtaken, and was used at the time, when requests from before the change must have arrived: it is
         * what lies in its client's jar. It is accepted, and a successor offered; a later use of the newer token is one
         * of another jar.
         */
        RETURNED
    }

    /** What a token from before counts as. */
    public enum Judgement {
        ACCEPTED,
        /** Accepted, and offered a successor: it may be what lies in the owner's jar for good. */
        RETURNED,
        LATE,
        COPY
    }

    /** What the token of that number counts as, when the current one came into use at a time. */
    public Judgement judge(int number, Instant since, Instant now, Duration grace) {
        RetiredToken former = of(number);
        if (former == null) {
            return Judgement.COPY;
        }
        boolean isLate = now.isBefore(former.at.plus(grace.multipliedBy(LATE_GRACES)));
        return switch (former.retirement) {
            case RENEWED ->
                now.isBefore(former.at.plus(grace)) ? Judgement.ACCEPTED : isLate ? Judgement.LATE : Judgement.COPY;
            case RENEWED_UNCONFIRMED -> now.isBefore(former.at.plus(grace)) ? Judgement.ACCEPTED : Judgement.LATE;
            case REAUTHENTICATED -> isLate ? Judgement.LATE : Judgement.COPY;
            case REAUTHENTICATED_UNCONFIRMED, NEVER_USED -> Judgement.LATE;
            case OVERTAKEN ->
                now.isBefore(since.plus(OfferedTokens.lifetime(grace))) ? Judgement.ACCEPTED : Judgement.RETURNED;
            case RETURNED -> Judgement.RETURNED;
        };
    }

    private @Nullable RetiredToken of(int number) {
        RetiredToken former = null;
        for (RetiredToken next : all) {
            former = next.number <= number ? next : former;
        }
        return former;
    }

    /** After a successor of the token of that number came into use. Those in between were on offer beside it. */
    RetiredTokens renewed(int number, int successor, ClusterTime moment, Duration grace) {
        RetiredTokens before = before(moment, grace)
                .and(new RetiredToken(
                        number, moment.now(), isUnused() ? Retirement.RENEWED_UNCONFIRMED : Retirement.RENEWED));
        return successor == number + 1
                ? before
                : before.and(new RetiredToken(number + 1, moment.now(), Retirement.OVERTAKEN));
    }

    /** After a token came into use that was issued beside the one of that number, and not for it. */
    RetiredTokens overtaken(int number, ClusterTime moment, Duration grace) {
        return before(moment, grace).and(new RetiredToken(number, moment.now(), Retirement.OVERTAKEN));
    }

    private RetiredTokens before(ClusterTime moment, Duration grace) {
        return kept(moment.now(), grace, former -> switch (former.retirement) {
                    case NEVER_USED, RENEWED_UNCONFIRMED ->
                        new RetiredToken(former.number, moment.now(), Retirement.REAUTHENTICATED);
                    case RETURNED -> former.by(Retirement.OVERTAKEN);
                    default -> former;
                })
                .successorInUse(moment, grace);
    }

    /** After a sign-in over the token of that number, when those up to the highest one were perhaps on offer. */
    RetiredTokens signedOver(int number, int highest, Instant now, Duration grace) {
        RetiredTokens before = kept(now, grace, RetiredTokens::signedOver)
                .and(new RetiredToken(
                        number, now, isUnused() ? Retirement.NEVER_USED : Retirement.REAUTHENTICATED_UNCONFIRMED));
        return highest == number ? before : before.and(new RetiredToken(number + 1, now, Retirement.NEVER_USED));
    }

    /** Whether the current token is a sign-in's, and nobody has been seen to use it. */
    boolean isUnused() {
        for (RetiredToken former : all) {
            if (former.retirement == Retirement.REAUTHENTICATED_UNCONFIRMED) {
                return true;
            }
        }
        return false;
    }

    /** Whether a use of the current token changes what a former one counts as. */
    public boolean isNewsOfSuccessor(ClusterTime moment, Duration grace) {
        for (RetiredToken former : all) {
            if (former.retirement == Retirement.REAUTHENTICATED_UNCONFIRMED || isArrived(former, moment, grace)) {
                return true;
            }
        }
        return false;
    }

    private static RetiredToken signedOver(RetiredToken former) {
        return switch (former.retirement) {
            case RENEWED, REAUTHENTICATED -> former.by(Retirement.REAUTHENTICATED_UNCONFIRMED);
            case RENEWED_UNCONFIRMED, OVERTAKEN, RETURNED -> former.by(Retirement.NEVER_USED);
            case REAUTHENTICATED_UNCONFIRMED, NEVER_USED -> former;
        };
    }

    /**
     * After the current token was seen in use. Only now the client of a sign-in cannot hold a former one any more; nor
     * can a client whose answers may have crossed, when the last of them must have arrived before this use set out.
     */
    RetiredTokens successorInUse(ClusterTime moment, Duration grace) {
        return map(former -> former.retirement == Retirement.REAUTHENTICATED_UNCONFIRMED
                ? new RetiredToken(former.number, moment.now(), Retirement.REAUTHENTICATED)
                : isArrived(former, moment, grace)
                        ? new RetiredToken(former.number, moment.now(), Retirement.RENEWED)
                        : former);
    }

    /** After the token of that number was used, if what was overtaken is in its client's jar because of it. */
    RetiredTokens used(int number, Instant since, ClusterTime moment, Duration grace) {
        return isNewsOfUse(number, since, moment, grace)
                ? map(former -> former.equals(of(number))
                        ? new RetiredToken(former.number, moment.now(), Retirement.RETURNED)
                        : former)
                : this;
    }

    /** Whether a use of the token of that number changes what it counts as. */
    public boolean isNewsOfUse(int number, Instant since, ClusterTime moment, Duration grace) {
        RetiredToken former = of(number);
        return former != null
                && former.retirement == Retirement.OVERTAKEN
                && moment.isSteady()
                && !moment.now().isBefore(since.plus(OfferedTokens.lifetime(grace)));
    }

    /** Whether an overtaken token is what lies in its client's jar. */
    public boolean hasReturned() {
        for (RetiredToken former : all) {
            if (former.retirement == Retirement.RETURNED) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a use of the current token is one of another jar: in its client's own an overtaken one lies, and has done
     * so for long.
     */
    public boolean areContradictedByUse(ClusterTime moment, Duration grace) {
        for (RetiredToken former : all) {
            if (former.retirement == Retirement.RETURNED
                    && moment.isSteady()
                    && !moment.now().isBefore(former.at.plus(OfferedTokens.lifetime(grace)))) {
                return true;
            }
        }
        return false;
    }

    /**
     * What was offered before the change has arrived a grace later, and a request that had set out before that, another
     * one later.
     */
    private static boolean isArrived(RetiredToken former, ClusterTime moment, Duration grace) {
        return former.retirement == Retirement.OVERTAKEN
                && moment.isSteady()
                && !moment.now()
                        .isBefore(former.at.plus(OfferedTokens.lifetime(grace)).plus(OfferedTokens.lifetime(grace)));
    }

    private RetiredTokens map(UnaryOperator<RetiredToken> change) {
        return new RetiredTokens(all.stream().map(change).toList());
    }

    /** Without those that nobody honest can send any more. */
    private RetiredTokens kept(Instant now, Duration grace, UnaryOperator<RetiredToken> change) {
        return new RetiredTokens(all.stream()
                .filter(former -> judge(former.number, now, now, grace) != Judgement.COPY)
                .map(change)
                .toList());
    }

    /**
     * What was never used is all one. When there are too many, one in the middle goes, and is judged as the one before
     * it.
     */
    private RetiredTokens and(RetiredToken last) {
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
