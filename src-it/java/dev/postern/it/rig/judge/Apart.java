package dev.postern.it.rig.judge;

import java.util.List;
import java.util.Set;

/**
 * A time in which nodes were apart: from the fault until it was mended, and on until the rig saw them together again and had waited for the
 * repair. What happened on one side then need not be known on another; and once it is mended, a node that joins the others goes by their rows
 * until its own are merged with them. A node that is on no side is on a side of its own.
 *
 * <p>Open nodes may take a session for absent meanwhile: an isolated one has not got it, and one that joins the others has it after the
 * merge only (D7). Immutable.
 */
public record Apart(Span span, List<Set<String>> sides, boolean isOpen) {

    /**
     * When it was.
     *
     * @param noticed when strict nodes had to know at the latest that they were too few
     */
    public record Span(long from, long noticed, long mended, long to) {}

    /** Whether what was done on one node at that time, and was not there when the other one answered, is excused. */
    boolean excuses(Call done, Call seen) {
        if (done.answeredAt() < span.from || seen.answeredAt() > span.to) {
            return false;
        }
        boolean isMerging = seen.answeredAt() >= span.mended;
        boolean isBlind = isOpen || isMerging || seen.sentAt() <= span.noticed;
        return (isOpen && isMerging)
                || (isBlind && isApart(done.request().node(), seen.request().node()));
    }

    /** Whether the session may read as absent in this use: it was begun on another side, or its node is about to bring its rows in. */
    boolean excusesAbsence(Call begun, Call use) {
        boolean isMerging = use.answeredAt() >= span.mended;
        boolean isOfOthers = begun.answeredAt() >= span.from
                && isApart(begun.request().node(), use.request().node());
        return isOpen && covers(use) && (isMerging || isOfOthers);
    }

    /** Whether the call was under way in this time. */
    boolean covers(Call call) {
        return call.answeredAt() >= span.from && call.sentAt() <= span.to;
    }

    private boolean isApart(String one, String other) {
        return !one.equals(other) && sides.stream().noneMatch(side -> side.contains(one) && side.contains(other));
    }
}
