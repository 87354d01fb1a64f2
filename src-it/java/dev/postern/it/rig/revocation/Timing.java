package dev.postern.it.rig.revocation;

import java.util.OptionalLong;

/**
 * One call that was acknowledged in the end, in nanoseconds since it was first sent.
 *
 * <p>Immutable.
 *
 * @param returned when it was acknowledged; if the grid did not answer it was repeated, so a last attempt may be much shorter
 * @param refused when each node that could answer had refused a session that the call ended; empty if one of them did not answer in time
 * @param unavailable how many attempts were answered with <em>unavailable</em> before
 * @param letIn how many requests were let in that were sent after the call had returned
 */
record Timing(long returned, OptionalLong refused, int unavailable, int letIn) {}
