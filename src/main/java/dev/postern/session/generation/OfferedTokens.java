package dev.postern.session.generation;

import dev.postern.session.token.ClientHash;
import dev.postern.session.token.SecretHash;
import dev.postern.session.token.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The successors that were offered for the current token and have not come back yet.
 *
 * <p>An offer belongs to the client that it was sent to. So a thief who gets offers takes none away from the owner. A
 * client has at most one fresh offer, and only a few clients have one at a time. Further clients depend on chance: see
 * {@link RequestSource}.
 *
 * <p>Immutable.
 *
 * @param all in the order of their numbers, and so of their times; the last one has the highest number ever issued
 * @param unanswered the number of periods in which the current token was used and no offer came back; a period is as
 *     long as an offer's lifetime
 * @param since when the present period began
 */
public record OfferedTokens(List<Offer> all, int unanswered, Instant since) {

    public static final OfferedTokens NONE = new OfferedTokens(List.of(), 0, Instant.EPOCH);

    /** The most offers. One honest client rarely looks like more than two or three at once. */
    public static final int MOST = 4;

    /** After this many unanswered periods a report is due. Further ones are not counted. */
    public static final int REPORTED = 5;

    public OfferedTokens {
        all = List.copyOf(all);
        if (all.size() > MOST || unanswered < 0 || unanswered > REPORTED) {
            throw new IllegalArgumentException(all.size() + " offers, unanswered for " + unanswered + " periods");
        }
    }

    /** A successor that was offered to a client at a time. */
    public record Offer(int number, SecretHash hash, Instant at, ClientHash client) {

        private boolean isFresh(Instant now, Duration grace) {
            return now.isBefore(at.plus(lifetime(grace)));
        }

        private boolean isOf(Token token) {
            return number == token.generation() && hash.equals(token.hash());
        }
    }

    /**
     * How long a client waits for another offer. It covers the time that an answer may be under way, and a jump of the
     * clock that goes unnoticed.
     */
    public static Duration lifetime(Duration grace) {
        return grace.plus(ClockJumpDetector.tolerance(grace));
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** The highest number ever issued, if {@code before} was the highest one before these offers. */
    int highest(int before) {
        return all.isEmpty() ? before : Math.max(before, all.get(all.size() - 1).number);
    }

    /** Whether the token is one of the offers. */
    public boolean contains(Token token) {
        return all.stream().anyMatch(offer -> offer.isOf(token));
    }

    /** Whether a request from this source gets one more offer. */
    public boolean admit(RequestSource origin, Instant now, Duration grace) {
        List<Offer> fresh =
                all.stream().filter(offer -> offer.isFresh(now, grace)).toList();
        return origin.isDrawn()
                || (fresh.size() < MOST && fresh.stream().noneMatch(offer -> offer.client.equals(origin.client())));
    }

    /** Adds an offer. It replaces its client's former one, or the oldest if there are too many. */
    OfferedTokens and(Offer offer, Duration grace) {
        List<Offer> more = new ArrayList<>(all);
        more.removeIf(other -> other.client.equals(offer.client));
        if (more.size() == MOST) {
            more.remove(0);
        }
        more.add(offer);
        boolean isFirst = all.isEmpty();
        boolean isNext = !isFirst && !offer.at.isBefore(since.plus(lifetime(grace)));
        return new OfferedTokens(
                more, isNext ? Math.min(unanswered + 1, REPORTED) : unanswered, isFirst || isNext ? offer.at : since);
    }

    /** The offers that are newer than the token of that number, which has come into use. */
    OfferedTokens newerThan(int number, Instant now) {
        List<Offer> newer = all.stream().filter(offer -> offer.number > number).toList();
        return newer.isEmpty() ? NONE : new OfferedTokens(newer, 0, now);
    }
}
