package dev.postern.it.rig.judge;

import dev.postern.it.rig.client.Answer;
import dev.postern.it.rig.client.Answer.Outcome;
import dev.postern.it.rig.client.Request;
import dev.postern.it.rig.client.Request.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Judges a history by the {@linkplain Invariant invariants} alone. It knows what clients saw, when which nodes were apart, and how long
 * sessions live; nothing of how they are kept. Where no thief has been, each verdict of theft is false.
 *
 * <p>For one thread.
 */
public final class Checker {

    private final Limits limits;
    private final Map<String, Story> stories = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    public Checker(Limits limits) {
        this.limits = limits;
    }

    /** All that is wrong, call by call. */
    public List<Finding> check(Collection<Call> calls, List<Apart> aparts) {
        for (Call call : calls) {
            alone(call);
            if (call.has(Kind.BEGIN, Outcome.LIVE)) {
                begin(call);
            }
        }
        for (Call call : calls) {
            Story story = stories.get(call.request().handle());
            if (story != null) {
                story.add(call);
            } else {
                without(call);
            }
        }
        stories.values().forEach(story -> check(story, aparts));
        return List.copyOf(findings);
    }

    /** What an answer must not be, whatever was before. */
    private void alone(Call call) {
        Request request = call.request();
        Answer answer = call.answer();
        boolean isRefused = answer.is(Outcome.REFUSED);
        boolean isForbidden = isRefused && answer.reason().equals("403");
        boolean isAnonymous = isRefused && answer.reason().equals("anonymous");
        require(Invariant.I7, call, !answer.is(Outcome.FAILED), "the node failed");
        require(Invariant.I7, call, !answer.reason().equals("MALFORMED"), "a good token was taken for a forged one");
        require(Invariant.FORBIDDEN, call, !isForbidden, "forbidden");
        require(Invariant.I1, call, !isAnonymous || request.isForAll(), "a guarded page for nobody");
        require(
                Invariant.I3,
                call,
                !isRefused || isForbidden || isAnonymous || !request.isForAll(),
                "refused, although it is for all");
        require(
                Invariant.TOKEN,
                call,
                !answer.hasToken() || !answer.is(Outcome.UNAVAILABLE),
                "a token from a node that cannot say");
    }

    private void begin(Call call) {
        if (stories.put(call.answer().caller().handle(), new Story(call, limits)) != null) {
            find(Invariant.I4, call, "a handle was given twice");
        }
        require(Invariant.I1, call, call.answer().caller().is(call.request().user()), "signed in as somebody else");
    }

    /** A client without a session is nobody. */
    private void without(Call call) {
        if (call.request().kind() != Kind.BEGIN) {
            require(Invariant.I1, call, !call.answer().is(Outcome.LIVE), "somebody without a session");
            require(Invariant.TOKEN, call, !call.answer().hasToken(), "a token without a session");
        }
    }

    private void check(Story story, List<Apart> aparts) {
        story.copies().forEach(copy -> copied(copy, aparts));
        for (Call use : story.uses()) {
            if (use.answer().is(Outcome.LIVE)) {
                admitted(story, use, aparts);
            } else {
                if (use.answer().is(Outcome.REFUSED) && !use.answer().reason().equals("403")) {
                    refused(story, use, aparts);
                }
                require(
                        Invariant.TOKEN,
                        use,
                        !use.answer().hasToken() || !story.isEndedFor(use, aparts),
                        "a token for a session that is over");
            }
        }
    }

    /** While nodes are apart, one of them may not know that the token was replaced. */
    private void copied(Call copy, List<Apart> aparts) {
        boolean isApart = aparts.stream().anyMatch(apart -> apart.covers(copy));
        require(Invariant.I5, copy, isApart || !copy.answer().is(Outcome.LIVE), "a copied token was accepted");
    }

    private void admitted(Story story, Call use, List<Apart> aparts) {
        require(Invariant.I1, use, use.answer().caller().is(story.user()), "the wrong user");
        require(
                Invariant.I4,
                use,
                use.answer().caller().handle().equals(use.request().handle()),
                "the wrong session");
        require(Invariant.I2, use, !story.isEndedFor(use, aparts), "accepted after an acknowledged end");
        require(Invariant.I6, use, use.sentAt() < story.latestEnd(use), "accepted after its deadline");
    }

    private void refused(Story story, Call use, List<Apart> aparts) {
        require(
                Invariant.I12,
                use,
                !use.answer().isTheft() || story.mayBeStolenFor(use),
                "taken for a copy, although nobody has one");
        boolean mayBeOver = story.mayBeEndedFor(use) || use.answeredAt() >= story.earliestEnd(use);
        boolean isElsewhere = use.answer().mayBeOfNoSession()
                && aparts.stream().anyMatch(apart -> apart.excusesAbsence(story.begun(), use));
        require(Invariant.I3, use, mayBeOver || isElsewhere, "refused although it is alive");
    }

    private void require(Invariant invariant, Call call, boolean isSo, String otherwise) {
        if (!isSo) {
            find(invariant, call, otherwise);
        }
    }

    private void find(Invariant invariant, Call call, String text) {
        findings.add(new Finding(invariant, call, text));
    }
}
