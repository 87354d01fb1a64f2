package dev.postern.it.faults;

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
record Apart(long from, long mended, long to, List<Set<String>> sides, boolean isOpen) {

    /** Whether what was done on one node at that time, and was not there when the other one answered, is excused. */
    boolean excuses(Call done, Call seen) {
        boolean isMerging = isOpen && seen.answeredAt() >= mended;
        return done.answeredAt() >= from
                && seen.answeredAt() <= to
                && (isMerging || isApart(done.request().node(), seen.request().node()));
    }

    /** Whether the session may read as absent in this use. */
    boolean excusesAbsence(Call use) {
        return isOpen && use.answeredAt() >= from && use.sentAt() <= to;
    }

    private boolean isApart(String one, String other) {
        return !one.equals(other) && sides.stream().noneMatch(side -> side.contains(one) && side.contains(other));
    }
}
