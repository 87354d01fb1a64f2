package dev.postern.session.generation;

import dev.postern.session.token.SecretHash;
import dev.postern.session.token.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The secrets of a session, by number. Every token that is issued for a session has a higher number than all before,
 * whether or not it ever came into use, so of two tokens one is always the newer.
 *
 * @param number the number of the secret in use, from 1 to {@value Generation#LAST}
 * @param since when it came into use
 * @param issued the highest number that had been issued by then
 * @param current its hash
 * @param offers the successors that were offered and have not come back yet
 * @param retired what was in use before, as long as it matters
 */
public record Generation(
        int number, Instant since, int issued, SecretHash current, OfferedTokens offers, RetiredTokens retired) {

    /** The highest number: 34 years of renewals, one a second. Nothing was ever issued beyond it. */
    public static final int LAST = Token.MAX_GENERATION;

    public Generation {
        if (!isPossible(number) || !isPossible(issued) || issued < number) {
            throw new IllegalArgumentException("There is no generation " + number + " of " + issued + ".");
        }
    }

    static boolean isPossible(int number) {
        return Token.isGeneration(number);
    }

    public static Generation first(SecretHash current, Instant now) {
        return new Generation(1, now, 1, current, OfferedTokens.NONE, RetiredTokens.NONE);
    }

    /** A number that no token of the session has; absent when there is none left. */
    public Optional<Integer> next() {
        return Optional.of(offers.highest(issued) + 1).filter(Generation::isPossible);
    }

    public Generation offering(OfferedTokens.Offer successor, Duration grace) {
        return new Generation(number, since, issued, current, offers.and(successor, grace), retired);
    }

    /**
     * The token with that number came into use. When it had been issued before the present one came into use, and its
     * request may have set out before that too, either may be what stays in its client's jar. Newer ones that are on
     * offer stay on offer.
     */
    public Generation movedTo(int newer, SecretHash hash, ClusterTime moment, Duration grace) {
        boolean isCrossed = newer <= issued
                && !(moment.isSteady() && !moment.now().isBefore(since.plus(OfferedTokens.lifetime(grace))));
        RetiredTokens before =
                isCrossed ? retired.overtaken(number, moment, grace) : retired.renewed(number, newer, moment, grace);
        return new Generation(
                newer,
                moment.now(),
                Math.max(newer, offers.highest(issued)),
                hash,
                offers.newerThan(newer, moment.now()),
                before);
    }

    /** The user proved who they are: everything that was issued before is dead at once. */
    public Generation replacedBy(int newer, SecretHash hash, Instant now, Duration grace) {
        RetiredTokens over = retired.signedOver(number, offers.highest(issued), now, grace);
        return new Generation(newer, now, newer, hash, OfferedTokens.NONE, over);
    }

    /** The current secret was used. */
    public Generation inUse(ClusterTime moment, Duration grace) {
        return new Generation(number, since, issued, current, offers, retired.successorInUse(moment, grace));
    }

    /** A former secret of that number was used. */
    public Generation formerInUse(int former, ClusterTime moment, Duration grace) {
        return new Generation(number, since, issued, current, offers, retired.used(former, since, moment, grace));
    }

    public boolean isOwnerOf(Token token) {
        return token.generation() == number && token.hash().equals(current);
    }
}
