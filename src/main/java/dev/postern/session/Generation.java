package dev.postern.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The secrets of a session, by number. Every token that is issued for a session has a higher number than all before, whether
 * or not it ever came into use, so of two tokens one is always the newer.
 *
 * @param number the number of the secret in use, from 1 to {@value Generation#LAST}
 * @param since when it came into use
 * @param current its hash
 * @param pending the successor that was offered and has not come back yet
 * @param previous what was in use before; absent in the first generation
 */
public record Generation(
        int number, Instant since, SecretHash current, Optional<Pending> pending, Optional<Previous> previous) {

    /** The highest number: 34 years of renewals, one a second. Nothing was ever issued beyond it. */
    static final int LAST = 1 << 30;

    /** For how many graces after a change of secret an older token is put down to delay rather than to theft. */
    static final int LATE_GRACES = 4;

    public Generation {
        if (!isPossible(number)) {
            throw new IllegalArgumentException("There is no generation " + number + ".");
        }
    }

    /** A successor that was offered at a time. */
    public record Pending(int number, SecretHash hash, Instant at) {}

    /**
     * What was in use before: the tokens from {@code number} up to the current one, accepted until a time. A time that is no
     * later than the change itself means that they were dead at once.
     */
    public record Previous(int number, Instant until) {}

    static boolean isPossible(int number) {
        return number >= 1 && number <= LAST;
    }

    static Generation first(SecretHash current, Instant now) {
        return new Generation(1, now, current, Optional.empty(), Optional.empty());
    }

    /** A number that no token of the session has; absent when there is none left. */
    Optional<Integer> next() {
        int highest =
                pending.map(Pending::number).filter(offered -> offered > number).orElse(number);
        return Optional.of(highest + 1).filter(Generation::isPossible);
    }

    Generation offering(Pending successor) {
        return new Generation(number, since, current, Optional.of(successor), previous);
    }

    /** The token with that number came into use. A newer one that is on offer stays on offer. */
    Generation movedTo(int newer, SecretHash hash, Instant now, Duration grace) {
        Optional<Pending> stillOffered = pending.filter(offer -> offer.number() > newer);
        return new Generation(newer, now, hash, stillOffered, Optional.of(previousAt(now, grace, now.plus(grace))));
    }

    /** The user proved who they are: everything that was issued before is dead at once. */
    Generation replacedBy(int newer, SecretHash hash, Instant now, Duration grace) {
        return new Generation(newer, now, hash, Optional.empty(), Optional.of(previousAt(now, grace, now)));
    }

    boolean isOwnerOf(Token token) {
        return token.generation() == number && token.hash().equals(current);
    }

    /** Whether the token is the one on offer. */
    boolean isOffering(Token token) {
        return pending.filter(offer ->
                        offer.number() == token.generation() && offer.hash().equals(token.hash()))
                .isPresent();
    }

    boolean hasFreshOffer(Instant now, Duration grace) {
        return pending.filter(offer -> now.isBefore(offer.at().plus(grace))).isPresent();
    }

    /** Whether a token with an older number is of those that were in use before. */
    boolean knows(int older) {
        return previous.filter(former -> older >= former.number()).isPresent();
    }

    boolean stillAccepts(int older, Instant now) {
        return knows(older)
                && previous.filter(former -> now.isBefore(former.until())).isPresent();
    }

    /** Whether the last change is so recent that a request from before it may still be on its way. */
    boolean isRecent(Instant now, Duration grace) {
        return now.isBefore(since.plus(grace.multipliedBy(LATE_GRACES)));
    }

    /** Whether the last change was a sign-in, which leaves no older token valid. */
    boolean isFromSignIn() {
        return previous.filter(former -> !former.until().isAfter(since)).isPresent();
    }

    /** Of two changes in a row the second knows what was known to the first, unless it would revive what a sign-in ended. */
    private Previous previousAt(Instant now, Duration grace, Instant until) {
        boolean isRevival = isFromSignIn() && until.isAfter(now);
        int lowest = previous.filter(former -> isRecent(now, grace) && !isRevival)
                .map(Previous::number)
                .orElse(number);
        return new Previous(lowest, until);
    }
}
