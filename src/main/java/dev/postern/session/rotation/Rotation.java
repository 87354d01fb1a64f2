package dev.postern.session.rotation;

import dev.postern.Ending;
import dev.postern.session.generation.ClusterTime;
import dev.postern.session.generation.Generation;
import dev.postern.session.generation.OfferedTokens;
import dev.postern.session.generation.RequestSource;
import dev.postern.session.generation.RetiredTokens;
import dev.postern.session.row.SessionRow;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.token.Token;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Decides what a token means for its session: from the row, a token with a valid tag, and the time.
 *
 * <pre>
 * Presented token             Row                                   Decision
 * --------------------------  ------------------------------------  -----------------------------------------------
 * any                         tombstone, expired                    Over
 * any                         no session                            NoSession
 * current                     young, or an offer is under way       Accept, or Touch if the use is worth a write
 * current                     due for renewal                       Mint
 * current                     a retired token is RETURNED           Accept or Touch; Reuse if that has been so for
 *                                                                   longer than an offer's lifetime
 * current number, other       any                                   Mint: the row lost the write of that number
 *   secret
 * newer                       any                                   Confirm; healed if the token is not on offer
 * retired                     judged by {@link RetiredTokens}       accepted: Accept or Touch; returned: Mint;
 *                                                                   late: Late; copy: Reuse, or Late if the clock
 *                                                                   has jumped
 * </pre>
 *
 * <p>A newer token need not be on offer. Its tag proves that this cluster issued it. So the row lost a write, or the
 * offer was replaced while it was on its way.
 *
 * <p>A renewal is the offer of a successor: the decision Mint, which {@code SessionResumer} carries out and reports as
 * the event {@code Renewed}.
 *
 * <p>A RETURNED token is one that its client uses although another offer came into use first: see {@link
 * RetiredTokens}. So that client does not hold the current token. If the current token is used longer than an offer's
 * lifetime after that, a second client holds it.
 *
 * <p>Hence parallel requests and lost answers sign no user out. If two clients use one session, one of them is found
 * soon after the next renewal. Successors are random. Otherwise a thief and the owner would both derive the same one,
 * and no use would tell them apart.
 *
 * <p>Pure and immutable.
 */
public final class Rotation {

    private final SessionPolicy policy;
    private final SessionPolicy.Renewal renewal;

    public Rotation(SessionPolicy policy) {
        this.policy = policy;
        this.renewal = policy.renewal();
    }

    public SessionPolicy policy() {
        return policy;
    }

    /**
     * Decides without the user's epoch, which is another row. The caller has to check the epoch before it writes.
     *
     * <p>For a while after a jump of the clock no token is treated as stolen, and no second offer is made (H-16).
     */
    public RotationDecision decide(SessionRow row, Token presented, RequestSource source, ClusterTime time) {
        Optional<Ending> ending = row.ending(presented.session(), Epoch.NONE, time.now());
        if (ending.isPresent()) {
            return new RotationDecision.Over(ending.get());
        }
        if (!(row instanceof Active active)) {
            return new RotationDecision.NoSession();
        }
        int age = Integer.compare(presented.generation(), active.generation().number());
        return age < 0
                ? older(active, presented, source, time)
                : age > 0 ? newer(active, presented, time) : same(active, presented, source, time);
    }

    /**
     * Until when every use of this token is accepted without a write, as long as the row stays as it is; empty if that
     * depends on more than the time. Before that time {@link #decide} answers Accept, for each client and state of the
     * clock.
     */
    public Optional<Instant> acceptedUntil(Active row, Token presented) {
        Generation generation = row.generation();
        return generation.isCurrent(presented)
                        && generation.offers().isEmpty()
                        && generation.retired().areSettled()
                ? Optional.of(Collections.min(List.of(
                        row.times().expires(),
                        row.times().lastSeen().plus(policy.touchEvery()),
                        generation.since().plus(renewal.after()))))
                : Optional.empty();
    }

    /** No successor is offered for the current token while a retired one is RETURNED: its client holds that one. */
    private RotationDecision same(Active row, Token presented, RequestSource source, ClusterTime time) {
        Generation generation = row.generation();
        boolean isCurrent = generation.isCurrent(presented);
        if (isCurrent && generation.retired().areContradictedByUseOfCurrent(time, renewal.grace())) {
            return reuse(row, time.now());
        }
        boolean isDue = !isCurrent || !time.now().isBefore(generation.since().plus(renewal.after()));
        boolean isInDoubt = isCurrent && generation.retired().hasReturned();
        return isDue && !isInDoubt ? mint(row, presented, source, time) : accept(row, presented, time);
    }

    /** After a jump of the clock the age of an offer is unknown, and its answer may be under way. */
    private RotationDecision mint(Active row, Token presented, RequestSource source, ClusterTime time) {
        OfferedTokens offers = row.generation().offers();
        Optional<Integer> number = row.generation().next();
        boolean isAdmitted = offers.isEmpty() || (time.isSteady() && offers.admit(source, time.now(), renewal.grace()));
        return isAdmitted && number.isPresent()
                ? new RotationDecision.Mint(
                        row, used(row, presented, time), number.get(), source.client(), time.now(), renewal.grace())
                : accept(row, presented, time);
    }

    private RotationDecision newer(Active row, Token presented, ClusterTime time) {
        Generation generation = row.generation();
        Active next = used(row, presented, time)
                .withGeneration(generation.movedTo(presented.generation(), presented.hash(), time, renewal.grace()));
        return new RotationDecision.Confirm(row, next, !generation.offers().contains(presented));
    }

    private RotationDecision older(Active row, Token presented, RequestSource source, ClusterTime time) {
        return switch (row.generation()
                .retired()
                .judge(presented.generation(), row.generation().since(), time.now(), renewal.grace())) {
            case ACCEPTED -> accept(row, presented, time);
            case RETURNED -> mint(row, presented, source, time);
            case LATE -> new RotationDecision.Late();
            case COPY -> time.isSteady() ? reuse(row, time.now()) : new RotationDecision.Late();
        };
    }

    private RotationDecision reuse(Active row, Instant now) {
        return new RotationDecision.Reuse(
                row,
                renewal.onReuse() == SessionPolicy.Renewal.OnReuse.REVOKE
                        ? Optional.of(row.tombstone(now, Ending.REUSED, policy.lifespan(row.isRemembered())))
                        : Optional.empty());
    }

    /** A use that changes a retired token is written at once, any other one only if a touch is due. */
    private RotationDecision accept(Active row, Token presented, ClusterTime time) {
        Generation generation = row.generation();
        RetiredTokens retired = generation.retired();
        boolean isNews = generation.isCurrent(presented)
                ? retired.isChangedByUseOfCurrent(time, renewal.grace())
                : retired.isChangedByUseOf(presented.generation(), generation.since(), time, renewal.grace());
        boolean isDue = !time.now().isBefore(row.times().lastSeen().plus(policy.touchEvery()));
        return isDue || isNews
                ? new RotationDecision.Touch(row, used(row, presented, time))
                : new RotationDecision.Accept(row);
    }

    private Active used(Active row, Token presented, ClusterTime time) {
        Generation generation = row.generation();
        Generation used = generation.isCurrent(presented)
                ? generation.currentUsed(time, renewal.grace())
                : presented.generation() < generation.number()
                        ? generation.retiredUsed(presented.generation(), time, renewal.grace())
                        : generation;
        return row.withTimes(row.times()
                        .usedAt(time.now(), policy.lifespan(row.isRemembered()).idle()))
                .withGeneration(used);
    }
}
