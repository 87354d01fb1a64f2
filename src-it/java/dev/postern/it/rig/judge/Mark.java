package dev.postern.it.rig.judge;

/**
 * Something that the rig did, and to which node; from when on, and until the node served again, in nanoseconds since the history began.
 *
 * <p>Immutable.
 *
 * @param node empty where it was done to no node in particular
 */
public record Mark(String what, String node, long from, long until) {

    public boolean covers(Call call) {
        return call.request().node().equals(node) && call.answeredAt() >= from && call.sentAt() <= until;
    }
}
