package dev.postern.session.generation;

import dev.postern.session.token.ClientHash;
import dev.postern.session.token.SecretHash;
import dev.postern.session.token.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The successors that are on offer for the token in use, and have not come back yet.
 *
 * <p>Each belongs to the client that it was sent to, so that a thief who takes offers takes none away from the owner. A
 * client is offered one at a time, and a few clients are at a time. Clients beyond that depend on chance, see
 * {@link RequestSource}.
 *
 * <p>Immutable.
 *
 * @param all in the order of their numbers, and so of their times; the last one has the highest number ever issued
 * @param unanswered for how many periods, each as long as an offer stands, the token in use was used and no offer came
 *     back
 * @param since when the present period began
 */
public record OfferedTokens(List<Offer> all, int unanswered, Instant since) {

    public static final OfferedTokens NONE = new OfferedTokens(List.of(), 0, Instant.EPOCH);

    /** How many are remembered. An honest client is rarely seen as more than two or three at once. */
    public static final int MOST = 4;

    /** After so many periods without an answer it is worth a report; more are not counted. */
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
     * How long an offer stands before its client is sent another one: as long as its answer may be under way, and the
     * clock may have jumped unnoticed.
     */
    public static Duration lifetime(Duration grace) {
        return grace.plus(ClockJumpDetector.tolerance(grace));
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** The highest number ever issued, where that was one before any of these. */
    int highest(int before) {
        return all.isEmpty() ? before : Math.max(before, all.get(all.size() - 1).number);
    }

    public boolean contains(Token token) {
        return all.stream().anyMatch(offer -> offer.isOf(token));
    }

    /** Whether a request from there may be offered one more. */
    public boolean admit(RequestSource origin, Instant now, Duration grace) {
        List<Offer> fresh =
                all.stream().filter(offer -> offer.isFresh(now, grace)).toList();
        return origin.isDrawn()
                || (fresh.size() < MOST && fresh.stream().noneMatch(offer -> offer.client.equals(origin.client())));
    }

    /** With one more, which takes the place of its client's former one, or of the oldest. */
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

    /** Those that are newer than a token that has come into use. */
    OfferedTokens newerThan(int number, Instant now) {
        List<Offer> newer = all.stream().filter(offer -> offer.number > number).toList();
        return newer.isEmpty() ? NONE : new OfferedTokens(newer, 0, now);
    }
}
