package dev.postern.session;

import dev.postern.Ending;
import dev.postern.session.SessionRow.Active;
import dev.postern.session.SessionRow.Revoked;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The rule by which a session's secret is renewed: from the row, a token with a valid tag and the time to a decision.
 *
 * <ul>
 *   <li>The current token is accepted as long as the session lives. Once it is old enough a successor is offered, and another
 *       one when that has not come back for a little more than a grace: the answer that carried it was lost.
 *   <li>A newer token comes into use when it is first presented. It need not be the one on offer: the tag proves that this
 *       cluster issued it, so the row has lost a write, or the offer was replaced while it was on its way.
 *   <li>From then on the older ones are accepted for a grace, refused for three more, and after that only a copy can hold them.
 *       After a sign-in they are refused at once, and are no sign of a copy until somebody has used the new one; a token that was never used is none at all.
 *   <li>Another secret of the current number means that the row lost the write that gave the number away. Both are good, and a
 *       successor straightens it.
 * </ul>
 *
 * <p>Hence parallel requests and lost answers sign nobody out, and of two clients that go on with one session one is found
 * soon after the next renewal. Successors are random: derived ones would be the same for thief and owner.
 *
 * <p>Pure and immutable.
 */
final class Rotation {

    private final SessionLimits limits;
    private final Renewal renewal;

    Rotation(SessionLimits limits) {
        this.limits = limits;
        this.renewal = limits.renewal();
    }

    SessionLimits limits() {
        return limits;
    }

    /** Decides. Whether the session is older than its user's epoch is left to whoever writes (a second row says it). */
    Decision decide(SessionRow row, Token presented, Instant now) {
        if (row instanceof Revoked revoked) {
            return new Decision.Over(revoked.reason());
        }
        if (!(row instanceof Active active)) {
            return new Decision.NoSession();
        }
        if (active.times().areOver(now)) {
            return new Decision.Over(Ending.EXPIRED);
        }
        int age = Integer.compare(presented.generation(), active.generation().number());
        return age < 0
                ? older(active, presented, now)
                : age > 0 ? newer(active, presented, now) : same(active, presented, now);
    }

    private Decision same(Active row, Token presented, Instant now) {
        Generation generation = row.generation();
        boolean isDue = !generation.isOwnerOf(presented)
                || generation.pending().isPresent()
                || !now.isBefore(generation.since().plus(renewal.after()));
        Optional<Integer> number = generation.next();
        return isDue && number.isPresent() && !generation.hasFreshOffer(now, offerStands())
                ? new Decision.Mint(row, used(row, presented, now), number.get(), now)
                : accept(row, presented, now);
    }

    /**
     * How long an offer stands before another takes its place: as long as its answer may be under way, and the clock may
     * have jumped unnoticed. Of two answers that cross in a client's jar the older would stay.
     */
    private Duration offerStands() {
        return renewal.grace().plus(ClockWatch.tolerance(renewal.grace()));
    }

    private Decision newer(Active row, Token presented, Instant now) {
        Generation generation = row.generation();
        Active next = used(row, presented, now)
                .withGeneration(generation.movedTo(presented.generation(), presented.hash(), now, renewal.grace()));
        return new Decision.Confirm(row, next, !generation.isOffering(presented));
    }

    private Decision older(Active row, Token presented, Instant now) {
        return switch (row.generation().formers().standing(presented.generation(), now, renewal.grace())) {
            case ACCEPTED -> accept(row, presented, now);
            case LATE -> new Decision.Late();
            case COPY -> reuse(row, now);
        };
    }

    private Decision reuse(Active row, Instant now) {
        return new Decision.Reuse(
                row,
                renewal.onReuse() == Renewal.OnReuse.REVOKE
                        ? Optional.of(row.ended(now, Ending.REUSED, limits.lifespan(row.isRemembered())))
                        : Optional.empty());
    }

    /** The first use of a sign-in's token is written down at once: from then on a former one is a sign of a copy. */
    private Decision accept(Active row, Token presented, Instant now) {
        boolean isNews = row.generation().isOwnerOf(presented)
                && row.generation().formers().isUnused();
        boolean isDue = !now.isBefore(row.times().lastSeen().plus(limits.touchEvery()));
        return isDue || isNews ? new Decision.Touch(row, used(row, presented, now)) : new Decision.Accept(row);
    }

    private Active used(Active row, Token presented, Instant now) {
        Generation generation = row.generation();
        return row.withTimes(row.times()
                        .usedAt(now, limits.lifespan(row.isRemembered()).idle()))
                .withGeneration(generation.isOwnerOf(presented) ? generation.inUse(now) : generation);
    }
}
