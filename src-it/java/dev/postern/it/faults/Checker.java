package dev.postern.it.faults;

import dev.postern.Ending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Judges a history by the invariants alone: I1 to I7 and I12. It knows what clients saw, when which nodes were apart, and how long
 * sessions live; nothing of how they are kept.
 * Where no thief has been, each verdict of theft is false.
 *
 * <p>For one thread.
 */
final class Checker {

    private final Limits limits;
    private final List<Finding> findings = new ArrayList<>();

    /** How long a session lives without use, and how far deadlines may be missed, because uses are written down by and by and clocks differ. */
    record Limits(Duration idle, Duration absolute, Duration slack) {}

    Checker(Limits limits) {
        this.limits = limits;
    }

    /** All that is wrong, call by call. */
    List<Finding> check(Collection<Call> calls, List<Apart> aparts) {
        Map<String, Story> stories = new HashMap<>();
        for (Call call : calls) {
            failures(call);
            if (call.has(Request.Kind.BEGIN, Answer.Outcome.LIVE)) {
                begin(stories, call);
            }
        }
        for (Call call : calls) {
            Optional.ofNullable(stories.get(call.request().handle())).ifPresent(story -> story.add(call));
        }
        stories.values().forEach(story -> check(story, aparts));
        return List.copyOf(findings);
    }

    private void begin(Map<String, Story> stories, Call call) {
        if (stories.put(call.answer().handle(), new Story(call, limits)) != null) {
            find("I4", call, "a handle was given twice");
        }
        require("I1", call, call.answer().user().equals(call.request().user()), "signed in as somebody else");
    }

    /** The only error is that the grid does not answer, and an issued token is one of ours for ever. */
    private void failures(Call call) {
        require("I7", call, !call.answer().is(Answer.Outcome.FAILED), "the node failed");
        require("I7", call, !call.answer().is(Answer.Outcome.MALFORMED), "a good token was taken for a forged one");
    }

    private void check(Story story, List<Apart> aparts) {
        story.copies().forEach(copy -> copied(copy, aparts));
        for (Call use : story.uses()) {
            if (use.answer().is(Answer.Outcome.LIVE)) {
                admitted(story, use, aparts);
            } else if (use.answer().outcome().isRefusal()) {
                refused(story, use, aparts);
            }
        }
    }

    /** A token that was replaced long ago lets nobody in; while nodes are apart, one of them may not know that it was. */
    private void copied(Call copy, List<Apart> aparts) {
        boolean isApart = aparts.stream().anyMatch(apart -> apart.covers(copy));
        require("I5", copy, isApart || !copy.answer().is(Answer.Outcome.LIVE), "a copied token was accepted");
    }

    private void admitted(Story story, Call use, List<Apart> aparts) {
        require("I1", use, use.answer().user().equals(use.request().user()), "the wrong user");
        require("I4", use, use.answer().handle().equals(use.request().handle()), "the wrong session");
        require("I2", use, !story.isEndedFor(use, aparts), "accepted after an acknowledged sign-out");
        require("I6", use, use.sentAt() < story.latestEnd(use), "accepted after its deadline");
    }

    private void refused(Story story, Call use, List<Apart> aparts) {
        boolean isTheft = use.answer().is(Answer.Outcome.REUSED)
                || (use.answer().is(Answer.Outcome.OVER)
                        && use.answer().words().get(0).equals(Ending.REUSED.name()));
        require("I12", use, !isTheft || story.mayBeStolenFor(use), "taken for a copy, although nobody has one");
        boolean mayBeOver = story.mayBeEndedFor(use) || use.answeredAt() >= story.earliestEnd(use);
        boolean isElsewhere = use.answer().is(Answer.Outcome.ABSENT)
                && aparts.stream().anyMatch(apart -> apart.excusesAbsence(story.begun(), use));
        require("I3", use, mayBeOver || isElsewhere, "refused although it is alive");
    }

    private void require(String invariant, Call call, boolean isSo, String otherwise) {
        if (!isSo) {
            find(invariant, call, otherwise);
        }
    }

    private void find(String invariant, Call call, String text) {
        findings.add(new Finding(invariant, call, text));
    }
}
