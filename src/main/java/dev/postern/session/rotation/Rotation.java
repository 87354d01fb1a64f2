package dev.postern.session.rotation;

import dev.postern.Ending;
import dev.postern.session.generation.ClusterTime;
import dev.postern.session.generation.Generation;
import dev.postern.session.generation.OfferedTokens;
import dev.postern.session.generation.RequestSource;
import dev.postern.session.generation.RetiredTokens;
import dev.postern.session.row.SessionRow;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Revoked;
import dev.postern.session.token.Token;
import java.time.Instant;
import java.util.Optional;

/**
 * The rule by which a session's secret is renewed: from the row, a token with a valid tag and the time to a decision.
 *
 * <ul>
 *   <li>The current token is accepted as long as the session lives. Once it is old enough a successor is offered, and
 *       another one when that has not come back for a little more than a grace: the answer that carried it was lost.
 *   <li>A newer token comes into use when it is first presented. It need not be the one on offer: the tag proves that
 *       this cluster issued it, so the row has lost a write, or the offer was replaced while it was on its way.
 *   <li>From then on the older ones are accepted for a grace, refused for three more, and after that only a copy can
 *       hold them. After a sign-in they are refused at once, and are no sign of a copy until somebody has used the new
 *       one; a token that was never used is none at all.
 *   <li>Another secret of the current number means that the row lost the write that gave the number away. Both are
 *       good, and a successor straightens it.
 * </ul>
 *
 * <p>Hence parallel requests and lost answers sign nobody out, and of two clients that go on with one session one is
 * found soon after the next renewal. Successors are random: derived ones would be the same for thief and owner.
 *
 * <p>Pure and immutable.
 */
public final class Rotation {

    private final SessionPolicy limits;
    private final SessionPolicy.Renewal renewal;

    public Rotation(SessionPolicy limits) {
        this.limits = limits;
        this.renewal = limits.renewal();
    }

    public SessionPolicy limits() {
        return limits;
    }

    /**
     * Decides. Whether the session is older than its user's epoch is left to the writer (a second row says it). While
     * the clock has not run evenly no token is treated as stolen, and no second offer is made (H-16).
     */
    public RotationDecision decide(SessionRow row, Token presented, RequestSource origin, ClusterTime moment) {
        if (row instanceof Revoked revoked) {
            return new RotationDecision.Over(revoked.reason());
        }
        if (!(row instanceof Active active)) {
            return new RotationDecision.NoSession();
        }
        if (active.times().areOver(moment.now())) {
            return new RotationDecision.Over(Ending.EXPIRED);
        }
        int age = Integer.compare(presented.generation(), active.generation().number());
        return age < 0
                ? older(active, presented, origin, moment)
                : age > 0 ? newer(active, presented, moment) : same(active, presented, origin, moment);
    }

    /**
     * While an overtaken token has returned, its client does not hold this one any more, so this one is offered
     * nothing.
     */
    private RotationDecision same(Active row, Token presented, RequestSource origin, ClusterTime moment) {
        Generation generation = row.generation();
        if (generation.isOwnerOf(presented) && generation.retired().areContradictedByUse(moment, renewal.grace())) {
            return reuse(row, moment.now());
        }
        boolean isDue = !generation.isOwnerOf(presented)
                || !moment.now().isBefore(generation.since().plus(renewal.after()));
        boolean isInDoubt =
                generation.isOwnerOf(presented) && generation.retired().hasReturned();
        return isDue && !isInDoubt ? mint(row, presented, origin, moment) : accept(row, presented, moment);
    }

    /** While the age of an offer is unknown, its answer may be under way. */
    private RotationDecision mint(Active row, Token presented, RequestSource origin, ClusterTime moment) {
        OfferedTokens offers = row.generation().offers();
        Optional<Integer> number = row.generation().next();
        boolean isAdmitted =
                offers.isEmpty() || (moment.isSteady() && offers.admit(origin, moment.now(), renewal.grace()));
        return isAdmitted && number.isPresent()
                ? new RotationDecision.Mint(
                        row, used(row, presented, moment), number.get(), origin.client(), moment.now(), renewal.grace())
                : accept(row, presented, moment);
    }

    private RotationDecision newer(Active row, Token presented, ClusterTime moment) {
        Generation generation = row.generation();
        Active next = used(row, presented, moment)
                .withGeneration(generation.movedTo(presented.generation(), presented.hash(), moment, renewal.grace()));
        return new RotationDecision.Confirm(row, next, !generation.offers().contains(presented));
    }

    private RotationDecision older(Active row, Token presented, RequestSource origin, ClusterTime moment) {
        return switch (row.generation()
                .retired()
                .judge(presented.generation(), row.generation().since(), moment.now(), renewal.grace())) {
            case ACCEPTED -> accept(row, presented, moment);
            case RETURNED -> mint(row, presented, origin, moment);
            case LATE -> new RotationDecision.Late();
            case COPY -> moment.isSteady() ? reuse(row, moment.now()) : new RotationDecision.Late();
        };
    }

    private RotationDecision reuse(Active row, Instant now) {
        return new RotationDecision.Reuse(
                row,
                renewal.onReuse() == SessionPolicy.Renewal.OnReuse.REVOKE
                        ? Optional.of(row.ended(now, Ending.REUSED, limits.lifespan(row.isRemembered())))
                        : Optional.empty());
    }

    /** A use that changes what a former token counts as is written down at once. */
    private RotationDecision accept(Active row, Token presented, ClusterTime moment) {
        Generation generation = row.generation();
        RetiredTokens retired = generation.retired();
        boolean isNews = generation.isOwnerOf(presented)
                ? retired.isNewsOfSuccessor(moment, renewal.grace())
                : retired.isNewsOfUse(presented.generation(), generation.since(), moment, renewal.grace());
        boolean isDue = !moment.now().isBefore(row.times().lastSeen().plus(limits.touchEvery()));
        return isDue || isNews
                ? new RotationDecision.Touch(row, used(row, presented, moment))
                : new RotationDecision.Accept(row);
    }

    private Active used(Active row, Token presented, ClusterTime moment) {
        Generation generation = row.generation();
        Generation used = generation.isOwnerOf(presented)
                ? generation.inUse(moment, renewal.grace())
                : presented.generation() < generation.number()
                        ? generation.formerInUse(presented.generation(), moment, renewal.grace())
                        : generation;
        return row.withTimes(row.times()
                        .usedAt(
                                moment.now(),
                                limits.lifespan(row.isRemembered()).idle()))
                .withGeneration(used);
    }
}
