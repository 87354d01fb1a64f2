package dev.postern.it.cluster;

/**
 * Something that was done to a node, by the monotonic clock: from when on, and until it served again.
 *
 * <p>Immutable.
 *
 * @param node which one, from 0
 */
record Mark(String what, int node, long from, long until) {

    boolean covers(Call call) {
        return call.asked().node() == node && call.endedAt() >= from && call.startedAt() <= until;
    }
}
