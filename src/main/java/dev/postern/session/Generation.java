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
 * @param formers what was in use before, as long as it matters
 */
public record Generation(int number, Instant since, SecretHash current, Optional<Pending> pending, Formers formers) {

    /** The highest number: 34 years of renewals, one a second. Nothing was ever issued beyond it. */
    static final int LAST = 1 << 30;

    public Generation {
        if (!isPossible(number)) {
            throw new IllegalArgumentException("There is no generation " + number + ".");
        }
    }

    /** A successor that was offered at a time. */
    public record Pending(int number, SecretHash hash, Instant at) {}

    static boolean isPossible(int number) {
        return number >= 1 && number <= LAST;
    }

    static Generation first(SecretHash current, Instant now) {
        return new Generation(1, now, current, Optional.empty(), Formers.NONE);
    }

    /** A number that no token of the session has; absent when there is none left. */
    Optional<Integer> next() {
        int highest =
                pending.map(Pending::number).filter(offered -> offered > number).orElse(number);
        return Optional.of(highest + 1).filter(Generation::isPossible);
    }

    Generation offering(Pending successor) {
        return new Generation(number, since, current, Optional.of(successor), formers);
    }

    /** The token with that number came into use. A newer one that is on offer stays on offer. */
    Generation movedTo(int newer, SecretHash hash, Instant now, Duration grace) {
        Optional<Pending> stillOffered = pending.filter(offer -> offer.number() > newer);
        return new Generation(newer, now, hash, stillOffered, formers.renewed(number, now, grace));
    }

    /** The user proved who they are: everything that was issued before is dead at once. */
    Generation replacedBy(int newer, SecretHash hash, Instant now, Duration grace) {
        Formers over = formers.signedOver(number, pending.map(Pending::number), now, grace);
        return new Generation(newer, now, hash, Optional.empty(), over);
    }

    /** The current secret was used. */
    Generation inUse(Instant now) {
        return new Generation(number, since, current, pending, formers.successorInUse(now));
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

    boolean hasFreshOffer(Instant now, Duration stands) {
        return pending.filter(offer -> now.isBefore(offer.at().plus(stands))).isPresent();
    }
}
