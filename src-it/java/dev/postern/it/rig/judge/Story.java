package dev.postern.it.rig.judge;

import dev.postern.it.rig.client.Answer.Outcome;
import dev.postern.it.rig.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a history says about one session, from the sign-in on.
 *
 * <p>For one thread.
 */
final class Story {

    private final Call begun;
    private final Limits limits;
    private final List<Call> uses = new ArrayList<>();
    private final List<Call> endings = new ArrayList<>();
    private final List<Call> copies = new ArrayList<>();

    Story(Call begun, Limits limits) {
        this.begun = begun;
        this.limits = limits;
    }

    void add(Call call) {
        if (call.request().isUse()) {
            uses.add(call);
        } else if (call.isEnding()) {
            endings.add(call);
        } else if (call.request().kind() == Request.Kind.COPY) {
            copies.add(call);
        }
    }

    Call begun() {
        return begun;
    }

    String user() {
        return begun.request().user();
    }

    List<Call> uses() {
        return uses;
    }

    /** The uses of a token that was replaced long before. */
    List<Call> copies() {
        return copies;
    }

    /** Whether a thief had tried before this use was answered. */
    boolean mayBeStolenFor(Call use) {
        return copies.stream().anyMatch(copy -> copy.sentAt() < use.answeredAt());
    }

    /** Whether a sign-out was acknowledged before this use was sent, and nothing excuses that its node did not know. */
    boolean isEndedFor(Call use, List<Apart> aparts) {
        return acknowledged(use).stream()
                .anyMatch(signOut -> aparts.stream().noneMatch(apart -> apart.excuses(signOut, use)));
    }

    /** The sign-outs that were acknowledged before this use was sent, and the copies that were found. */
    List<Call> acknowledged(Call use) {
        return Stream.concat(endings.stream(), copies.stream())
                .filter(Call::isEnd)
                .filter(call -> call.answeredAt() < use.sentAt())
                .toList();
    }

    /** Whether somebody had tried to end the session, or a thief to use it, before this use was answered. */
    boolean mayBeEndedFor(Call use) {
        return mayBeStolenFor(use) || endings.stream().anyMatch(call -> call.sentAt() < use.answeredAt());
    }

    /** Before this the session lives, if nobody ends it: a use that was answered counts at least as if touched a while before. */
    long earliestEnd(Call use) {
        long lastUse = begun.sentAt();
        for (Call earlier : uses) {
            if (isExtension(earlier) && earlier.answer().is(Outcome.LIVE) && earlier.answeredAt() < use.sentAt()) {
                lastUse = Math.max(lastUse, earlier.sentAt());
            }
        }
        return Math.min(after(lastUse, limits.idle()), after(begun.sentAt(), limits.absolute()))
                - limits.slack().toNanos();
    }

    /** After this it is over, whatever became of the requests whose answers got lost. */
    long latestEnd(Call use) {
        long lastUse = begun.answeredAt();
        for (Call earlier : uses) {
            if (!earlier.equals(use) && isExtension(earlier) && earlier.sentAt() < use.answeredAt()) {
                lastUse = Math.max(lastUse, earlier.answeredAt());
            }
        }
        return Math.min(after(lastUse, limits.idle()), after(begun.answeredAt(), limits.absolute()))
                + limits.slack().toNanos();
    }

    private static boolean isExtension(Call use) {
        return use.request().kind() == Request.Kind.RESUME && !use.answer().is(Outcome.REFUSED);
    }

    private static long after(long start, Duration time) {
        return start + time.toNanos();
    }
}
