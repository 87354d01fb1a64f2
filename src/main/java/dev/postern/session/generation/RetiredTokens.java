package dev.postern.session.generation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a session from before its current one, by number, as long as somebody honest may still send them. Each has its
 * own time: a later change neither prolongs nor shortens what is left to a token from before an earlier one.
 *
 * <p>Immutable.
 *
 * @param all in the order of their numbers; an entry stands for the numbers from its own up to the next one's
 */
public record RetiredTokens(List<Former> all) {

    public static final RetiredTokens NONE = new RetiredTokens(List.of());

    /** For how many graces a token from before a change is put down to delay rather than to theft. */
    static final int LATE_GRACES = 4;

    /** More changes than this within a few graces do not happen, and a row has to end somewhere. */
    public static final int MOST = 16;

    public RetiredTokens {
        all = List.copyOf(all);
    }

    /** A token that went out of use at a time, and how. */
    public record Former(int number, Instant at, Way way) {

        private Former by(Way other) {
            return new Former(number, at, other);
        }
    }

    /** How a token went out of use. */
    public enum Way {
        /** Its successor came into use. It is accepted for a grace, late for three more, and a copy then. */
        RENEWED,
        /** Its user signed in again, and has used the new token since the time. It is late for four graces, and a copy then. */
        SIGNED_OVER,
        /** Its user signed in again, and nobody has used the new token: its answer may be lost. It is late. */
        SIGNED_OVER_UNSEEN,
        /** It was on offer at a sign-in, or a sign-in's and never used, and may have overtaken the new one. It is late. */
        NEVER_USED,
        /** It was a sign-in's, and nobody saw it used before its successor was. It is accepted for a grace, and late then. */
        RENEWED_UNSEEN,
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
    public enum Standing {
        ACCEPTED,
        /** Accepted, and offered a successor: it may be what lies in the owner's jar for good. */
        RETURNED,
        LATE,
        COPY
    }

    /** What the token of that number counts as, when the current one came into use at a time. */
    public Standing standing(int number, Instant since, Instant now, Duration grace) {
        Former former = of(number);
        if (former == null) {
            return Standing.COPY;
        }
        boolean isLate = now.isBefore(former.at.plus(grace.multipliedBy(LATE_GRACES)));
        return switch (former.way) {
            case RENEWED ->
                now.isBefore(former.at.plus(grace)) ? Standing.ACCEPTED : isLate ? Standing.LATE : Standing.COPY;
            case RENEWED_UNSEEN -> now.isBefore(former.at.plus(grace)) ? Standing.ACCEPTED : Standing.LATE;
            case SIGNED_OVER -> isLate ? Standing.LATE : Standing.COPY;
            case SIGNED_OVER_UNSEEN, NEVER_USED -> Standing.LATE;
            case OVERTAKEN -> now.isBefore(since.plus(OfferedTokens.standing(grace))) ? Standing.ACCEPTED : Standing.RETURNED;
            case RETURNED -> Standing.RETURNED;
        };
    }

    private @Nullable Former of(int number) {
        Former former = null;
        for (Former next : all) {
            former = next.number <= number ? next : former;
        }
        return former;
    }

    /** After a successor of the token of that number came into use. Those in between were on offer beside it. */
    RetiredTokens renewed(int number, int successor, ClusterTime moment, Duration grace) {
        RetiredTokens before = before(moment, grace)
                .and(new Former(number, moment.now(), isUnused() ? Way.RENEWED_UNSEEN : Way.RENEWED));
        return successor == number + 1 ? before : before.and(new Former(number + 1, moment.now(), Way.OVERTAKEN));
    }

    /** After a token came into use that was issued beside the one of that number, and not for it. */
    RetiredTokens overtaken(int number, ClusterTime moment, Duration grace) {
        return before(moment, grace).and(new Former(number, moment.now(), Way.OVERTAKEN));
    }

    private RetiredTokens before(ClusterTime moment, Duration grace) {
        return kept(moment.now(), grace, former -> switch (former.way) {
                    case NEVER_USED, RENEWED_UNSEEN -> new Former(former.number, moment.now(), Way.SIGNED_OVER);
                    case RETURNED -> former.by(Way.OVERTAKEN);
                    default -> former;
                })
                .successorInUse(moment, grace);
    }

    /** After a sign-in over the token of that number, when those up to the highest one were perhaps on offer. */
    RetiredTokens signedOver(int number, int highest, Instant now, Duration grace) {
        RetiredTokens before = kept(now, grace, RetiredTokens::signedOver)
                .and(new Former(number, now, isUnused() ? Way.NEVER_USED : Way.SIGNED_OVER_UNSEEN));
        return highest == number ? before : before.and(new Former(number + 1, now, Way.NEVER_USED));
    }

    /** Whether the current token is a sign-in's, and nobody has been seen to use it. */
    boolean isUnused() {
        for (Former former : all) {
            if (former.way == Way.SIGNED_OVER_UNSEEN) {
                return true;
            }
        }
        return false;
    }

    /** Whether a use of the current token changes what a former one counts as. */
    public boolean isNewsOfSuccessor(ClusterTime moment, Duration grace) {
        for (Former former : all) {
            if (former.way == Way.SIGNED_OVER_UNSEEN || isArrived(former, moment, grace)) {
                return true;
            }
        }
        return false;
    }

    private static Former signedOver(Former former) {
        return switch (former.way) {
            case RENEWED, SIGNED_OVER -> former.by(Way.SIGNED_OVER_UNSEEN);
            case RENEWED_UNSEEN, OVERTAKEN, RETURNED -> former.by(Way.NEVER_USED);
            case SIGNED_OVER_UNSEEN, NEVER_USED -> former;
        };
    }

    /**
     * After the current token was seen in use. Only now the client of a sign-in cannot hold a former one any more; nor
     * can a client whose answers may have crossed, when the last of them must have arrived before this use set out.
     */
    RetiredTokens successorInUse(ClusterTime moment, Duration grace) {
        return map(former -> former.way == Way.SIGNED_OVER_UNSEEN
                ? new Former(former.number, moment.now(), Way.SIGNED_OVER)
                : isArrived(former, moment, grace) ? new Former(former.number, moment.now(), Way.RENEWED) : former);
    }

    /** After the token of that number was used, if what was overtaken is in its client's jar because of it. */
    RetiredTokens used(int number, Instant since, ClusterTime moment, Duration grace) {
        return isNewsOfUse(number, since, moment, grace)
                ? map(former ->
                        former.equals(of(number)) ? new Former(former.number, moment.now(), Way.RETURNED) : former)
                : this;
    }

    /** Whether a use of the token of that number changes what it counts as. */
    public boolean isNewsOfUse(int number, Instant since, ClusterTime moment, Duration grace) {
        Former former = of(number);
        return former != null
                && former.way == Way.OVERTAKEN
                && moment.isSteady()
                && !moment.now().isBefore(since.plus(OfferedTokens.standing(grace)));
    }

    /** Whether an overtaken token is what lies in its client's jar. */
    public boolean hasReturned() {
        for (Former former : all) {
            if (former.way == Way.RETURNED) {
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
        for (Former former : all) {
            if (former.way == Way.RETURNED
                    && moment.isSteady()
                    && !moment.now().isBefore(former.at.plus(OfferedTokens.standing(grace)))) {
                return true;
            }
        }
        return false;
    }

    /**
     * What was offered before the change has arrived a grace later, and a request that had set out before that, another
     * one later.
     */
    private static boolean isArrived(Former former, ClusterTime moment, Duration grace) {
        return former.way == Way.OVERTAKEN
                && moment.isSteady()
                && !moment.now().isBefore(former.at.plus(OfferedTokens.standing(grace)).plus(OfferedTokens.standing(grace)));
    }

    private RetiredTokens map(UnaryOperator<Former> change) {
        return new RetiredTokens(all.stream().map(change).toList());
    }

    /** Without those that nobody honest can send any more. */
    private RetiredTokens kept(Instant now, Duration grace, UnaryOperator<Former> change) {
        return new RetiredTokens(all.stream()
                .filter(former -> standing(former.number, now, now, grace) != Standing.COPY)
                .map(change)
                .toList());
    }

    /** What was never used is all one. When there are too many, one in the middle goes, and is judged as the one before it. */
    private RetiredTokens and(Former last) {
        boolean isCovered =
                last.way == Way.NEVER_USED && !all.isEmpty() && all.get(all.size() - 1).way == Way.NEVER_USED;
        if (isCovered) {
            return this;
        }
        List<Former> more = new ArrayList<>(all);
        more.add(last);
        if (more.size() > MOST) {
            more.remove(1);
        }
        return new RetiredTokens(more);
    }
}
