package dev.postern.session.generation;

import dev.postern.session.token.SecretHash;
import dev.postern.session.token.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The secrets of a session, by number. Every token that is issued for a session has a higher number than all before it,
 * whether or not it comes into use. So of two tokens one is always the newer.
 *
 * <p>Immutable.
 *
 * @param number the number of the secret in use, from 1 to {@value Generation#LAST}
 * @param since when it came into use
 * @param issued the highest number that had been issued by then
 * @param current its hash
 * @param offers the successors that were offered and have not come back yet
 * @param retired the tokens that were in use before, as long as they matter
 */
public record Generation(
        int number, Instant since, int issued, SecretHash current, OfferedTokens offers, RetiredTokens retired) {

    /** The highest number: enough for 34 years with a renewal each second. */
    public static final int LAST = Token.MAX_GENERATION;

    public Generation {
        if (!isPossible(number) || !isPossible(issued) || issued < number) {
            throw new IllegalArgumentException("There is no generation " + number + " of " + issued + ".");
        }
    }

    static boolean isPossible(int number) {
        return Token.isGeneration(number);
    }

    /** The generation of a new session. */
    public static Generation first(SecretHash current, Instant now) {
        return new Generation(1, now, 1, current, OfferedTokens.NONE, RetiredTokens.NONE);
    }

    /** The next number that no token of the session has; empty if there is none left. */
    public Optional<Integer> next() {
        return Optional.of(offers.highest(issued) + 1).filter(Generation::isPossible);
    }

    /** The generation with one more offer. */
    public Generation offering(OfferedTokens.Offer successor, Duration grace) {
        return new Generation(number, since, issued, current, offers.and(successor, grace), retired);
    }

    /**
     * The token with that number came into use. Newer offers stay on offer.
     *
     * <p>The token may have been issued before the current one came into use, and its request may have been sent before
     * that. Then the client's cookie jar may keep either of the two.
     */
    public Generation movedTo(int newer, SecretHash hash, ClusterTime time, Duration grace) {
        boolean areAnswersIn = time.isSteady() && !time.now().isBefore(since.plus(OfferedTokens.lifetime(grace)));
        boolean isCrossed = newer <= issued && !areAnswersIn;
        RetiredTokens before =
                isCrossed ? retired.overtaken(number, time, grace) : retired.renewed(number, newer, time, grace);
        return new Generation(
                newer,
                time.now(),
                Math.max(newer, offers.highest(issued)),
                hash,
                offers.newerThan(newer, time.now()),
                before);
    }

    /** The user signed in again. All tokens that were issued before are invalid at once. */
    public Generation replacedBy(int newer, SecretHash hash, Instant now, Duration grace) {
        RetiredTokens over = retired.reauthenticated(number, offers.highest(issued), now, grace);
        return new Generation(newer, now, newer, hash, OfferedTokens.NONE, over);
    }

    /** The current token was used. */
    public Generation currentUsed(ClusterTime time, Duration grace) {
        return new Generation(number, since, issued, current, offers, retired.currentUsed(time, grace));
    }

    /** The retired token of that number was used. */
    public Generation retiredUsed(int older, ClusterTime time, Duration grace) {
        return new Generation(number, since, issued, current, offers, retired.retiredUsed(older, since, time, grace));
    }

    /** Whether this is the current token. A token of the same number may have another secret. */
    public boolean isCurrent(Token token) {
        return token.generation() == number && token.hash().equals(current);
    }
}
