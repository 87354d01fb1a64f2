package dev.postern.histories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Ending;
import dev.postern.SessionEvent;
import dev.postern.session.LiveSession;
import dev.postern.session.ResumeResult;
import dev.postern.session.row.SessionRow;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Revoked;
import dev.postern.session.row.TestRows;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Knows only what clients and operators see, and says when something happened that must not: I1, I2, I4, I6, I8, I10 and I12 of
 * the invariants, that generations grow (I5), and that no owner is ever out before the session's deadlines.
 *
 * <p>For one thread.
 */
final class Referee {

    private static final Duration IDLE = TestRows.LIMITS.ordinary().idle();
    private static final Duration ABSOLUTE = TestRows.LIMITS.ordinary().absolute();

    private final World world;
    private String handle = "";
    private Instant lastUse = Instant.MIN;
    private Instant absoluteDeadline = Instant.MIN;
    private int generation;
    private int timesInThePast;
    private int signIns;
    private boolean isThiefActive;
    private boolean isSignedOut;
    private boolean isSignOutPending;
    private boolean hasJumped;
    private boolean isRevoked;
    private boolean isFound;
    private boolean isFinished;
    private Optional<Instant> reported = Optional.empty();

    Referee(World world) {
        this.world = world;
    }

    void began(LiveSession session) {
        handle = session.handle().text();
        lastUse = world.now();
        absoluteDeadline = world.now().plus(ABSOLUTE);
    }

    /** A sign-in begins the limits anew. One over a copy begins another session, which is another history. */
    void signedIn(LiveSession session) {
        isFinished = !session.handle().text().equals(handle);
        assertThat(isFinished && !isFromThePast() && !hasJumped && (isAlive() || !isThiefActive))
                .as("I4: another session began, row %s", world.row())
                .isFalse();
        signIns++;
        lastUse = world.now();
        absoluteDeadline = world.now().plus(ABSOLUTE);
    }

    /** The grid failed during a sign-in, which may have happened nevertheless. */
    void perhapsSignedIn() {
        signIns++;
        lastUse = world.now();
        absoluteDeadline = world.now().plus(ABSOLUTE);
    }

    int signIns() {
        return signIns;
    }

    /** The grid failed during a sign-out: this node refuses the session from now on, and the history is at its end. */
    void perhapsSignedOut() {
        isSignOutPending = true;
        isFinished = true;
        broke(true);
    }

    void signedOut() {
        isSignedOut = true;
    }

    /** What has been promised to the owner by the old clock holds no more; the deadlines themselves move with the clock. */
    void jumped(Duration by) {
        lastUse = by.isNegative() ? lastUse : lastUse.plus(by);
        hasJumped = true;
    }

    void rolledBack() {
        generation = 0;
    }

    /** A write may have been applied: the session may have been used. */
    void broke(boolean isPassive) {
        lastUse = isPassive ? lastUse : world.now();
        watchRow();
    }

    void asked(boolean isOwner) {
        isThiefActive |= !isOwner;
        timesInThePast = world.cache.timesServedThePast();
    }

    void answered(ResumeResult answer, boolean isGood, boolean isPassive) {
        if (answer instanceof ResumeResult.Live live) {
            letIn(live.session());
            lastUse = isPassive ? lastUse : world.now();
        } else if (isGood && !hasJumped && !isPardoned(answer)) {
            assertThat(isAlive() && !isThiefActive)
                    .as("the owner is out: %s, row %s", answer, world.row())
                    .isFalse();
        }
        watchRow();
    }

    /**
     * A stale read may show the row as it was before a use, and run out. That costs one request, and the next one is let in; a
     * sign-in begins another session instead of going on with this one.
     */
    private boolean isFromThePast() {
        return world.cache.timesServedThePast() > timesInThePast;
    }

    private boolean isPardoned(ResumeResult answer) {
        return (answer.equals(new ResumeResult.Over(Ending.EXPIRED)) && isFromThePast())
                || (answer.equals(new ResumeResult.Over(Ending.SIGNED_OUT)) && isSignOutPending);
    }

    private void letIn(LiveSession session) {
        assertThat(session.row().user().name()).as("I1").isEqualTo("ann");
        assertThat(session.handle().text()).as("I4").isEqualTo(handle);
        assertThat(isSignedOut).as("I2: let in after the sign-out").isFalse();
        assertThat(world.now()).as("I6: absolute").isBefore(absoluteDeadline);
        assertThat(world.now()).as("I6: idle").isBefore(lastUse.plus(IDLE));
    }

    private void watchRow() {
        Optional<SessionRow> row = world.row();
        isRevoked |= row.orElse(null) instanceof Revoked;
        if (row.orElse(null) instanceof Active active) {
            assertThat(isRevoked).as("I8: revived").isFalse();
            assertThat(active.generation().number()).as("I5").isGreaterThanOrEqualTo(generation);
            generation = active.generation().number();
        }
    }

    void forged(ResumeResult answer, int calls) {
        assertThat(answer).as("I10").isEqualTo(new ResumeResult.Malformed());
        assertThat(calls).as("I10").isZero();
    }

    void heard(SessionEvent event) {
        if (event instanceof SessionEvent.RenewalUnanswered && reported.isEmpty()) {
            reported = Optional.of(world.now());
        }
        if (event instanceof SessionEvent.ReuseDetected) {
            assertThat(isThiefActive)
                    .as("I12: no copy is in use, row %s", world.row())
                    .isTrue();
            isFound = true;
        }
        if (event instanceof SessionEvent.Ended ended) {
            assertThat(ended.reason()).isIn(Ending.SIGNED_OUT, Ending.REUSED, Ending.REPLACED);
        }
    }

    /** When it was first reported that a client answers no offer. */
    Optional<Instant> reported() {
        return reported;
    }

    boolean isFound() {
        return isFound;
    }

    /** Whether the copy has been found, or the session is over anyway. */
    boolean isSettled() {
        return isFound || isOver();
    }

    boolean isOver() {
        return isFinished || isSignedOut || !isAlive();
    }

    boolean isAlive() {
        return world.row().orElse(null) instanceof Active active
                && world.now().isBefore(active.times().expires());
    }
}
