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
 * @param offers the successors that were offered and have not come back yet
 * @param formers what was in use before, as long as it matters
 */
public record Generation(int number, Instant since, SecretHash current, Offers offers, Formers formers) {

    /** The highest number: 34 years of renewals, one a second. Nothing was ever issued beyond it. */
    static final int LAST = 1 << 30;

    public Generation {
        if (!isPossible(number)) {
            throw new IllegalArgumentException("There is no generation " + number + ".");
        }
    }

    static boolean isPossible(int number) {
        return number >= 1 && number <= LAST;
    }

    static Generation first(SecretHash current, Instant now) {
        return new Generation(1, now, current, Offers.NONE, Formers.NONE);
    }

    /** A number that no token of the session has; absent when there is none left. */
    Optional<Integer> next() {
        return Optional.of(offers.highest(number) + 1).filter(Generation::isPossible);
    }

    Generation offering(Offers.Offer successor, Duration grace) {
        return new Generation(number, since, current, offers.and(successor, grace), formers);
    }

    /** The token with that number came into use. Newer ones that are on offer stay on offer. */
    Generation movedTo(int newer, SecretHash hash, Moment moment, Duration grace) {
        return new Generation(
                newer,
                moment.now(),
                hash,
                offers.newerThan(newer, moment.now()),
                formers.renewed(number, newer, moment, grace));
    }

    /** The user proved who they are: everything that was issued before is dead at once. */
    Generation replacedBy(int newer, SecretHash hash, Instant now, Duration grace) {
        Formers over = formers.signedOver(number, offers.highest(number), now, grace);
        return new Generation(newer, now, hash, Offers.NONE, over);
    }

    /** The current secret was used. */
    Generation inUse(Moment moment, Duration grace) {
        return new Generation(number, since, current, offers, formers.successorInUse(moment, grace));
    }

    /** A former secret of that number was used. */
    Generation formerInUse(int former, Moment moment, Duration grace) {
        return new Generation(number, since, current, offers, formers.used(former, moment, grace));
    }

    boolean isOwnerOf(Token token) {
        return token.generation() == number && token.hash().equals(current);
    }
}
