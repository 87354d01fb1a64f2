package dev.postern.cdi.management;

import java.util.Map;

/**
 * What an operator sees of Postern on one node, under {@code dev.postern:type=Sessions,namespace=…}. Counters begin at
 * zero when the application starts. Nothing here names a user or shows a token.
 */
public interface SessionsMXBean {

    /**
     * How many rows of the grid this node owns: sessions, the tombstones of ended ones, and one epoch for each user
     * whose sessions were ended together. The sum over all nodes is what the cluster holds. -1 for a client, which owns
     * none.
     */
    long getOwnedRows();

    /** Sign-ins on this node that began a session. */
    long getSignIns();

    /** Sign-ins on this node of which the credential was wrong. */
    long getFailedSignIns();

    /** Sign-ins on this node that were refused because too many had failed. */
    long getThrottledSignIns();

    /** Sign-ins over a session of the same user, which goes on. */
    long getReauthentications();

    /** Successors of tokens that were offered to clients. */
    long getRenewals();

    /** Sessions that were ended here, for each reason. */
    Map<String, Long> getEndings();

    /** Tokens that did not count, for each cause. */
    Map<String, Long> getRejections();

    /** Tokens of sessions that had run out. */
    long getExpiredTokens();

    /** Tokens in use of which no successor came back, although they were offered again and again. */
    long getUnansweredRenewals();

    /** Tokens that only a copy could still hold. */
    long getCopiedTokens();

    /** Calls that the grid did not answer in time. */
    long getGridTimeouts();

    /** Calls that failed otherwise, or were not made because too few members were there. */
    long getGridFailures();

    /** Swaps that met another row than expected, and were decided again. */
    long getLostSwaps();

    /** Calls that the grid answered. */
    long getGridCalls();

    /** How long those took in the mean, in microseconds. */
    long getGridMeanMicros();

    /** How long half of them took at most, in microseconds, rounded up to a power of two. */
    long getGridMedianMicros();

    /** How long 99 of 100 took at most, in microseconds, rounded up to a power of two. */
    long getGridPercentile99Micros();

    /** How long the longest one took, in microseconds. */
    long getGridMaxMicros();
}
