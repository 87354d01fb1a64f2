package dev.postern.cdi.management;

import java.util.Map;

/**
 * The figures of one node for operators, under {@code dev.postern:type=Sessions,namespace=…}. Counters begin at zero
 * when the application starts. No figure names a user or shows a token.
 */
public interface SessionsMXBean {

    /**
     * How many rows of the grid this node owns: sessions, tombstones of ended sessions, and one epoch for each user
     * whose sessions were ended together; names and tokens of an identity provider too. The sum over all nodes is the
     * content of the cluster. -1 for a client, which owns no rows.
     */
    long getOwnedRows();

    /** Sign-ins on this node that began a session. */
    long getSignIns();

    /** Sign-ins on this node with a wrong credential. */
    long getFailedSignIns();

    /** Sign-ins on this node that were refused because too many had failed. */
    long getThrottledSignIns();

    /** Sign-ins over a session of the same user, which goes on. */
    long getReauthentications();

    /** Successors of tokens that were offered to clients. */
    long getRenewals();

    /** Sessions that were ended on this node, by reason. */
    Map<String, Long> getEndings();

    /** Rejected tokens, by cause. */
    Map<String, Long> getRejections();

    /** Logout tokens of the identity provider that were refused. */
    long getRefusedLogoutTokens();

    /** Tokens of expired sessions. */
    long getExpiredTokens();

    /** Tokens in use whose successor never came back, although it was offered again and again. */
    long getUnansweredRenewals();

    /** Tokens that only a thief could still hold. */
    long getCopiedTokens();

    /** Calls that the grid did not answer in time. */
    long getGridTimeouts();

    /** Calls that failed otherwise, or were not made because too few members were there. */
    long getGridFailures();

    /** Compare-and-sets that found another row than expected, and were decided again. */
    long getLostSwaps();

    /** Calls that the grid answered. */
    long getGridCalls();

    /** The mean duration of these calls, in microseconds. */
    long getGridMeanMicros();

    /** The median duration of these calls, in microseconds, rounded up to a power of two. */
    long getGridMedianMicros();

    /** The duration that 99 of 100 of these calls did not exceed, in microseconds, rounded up to a power of two. */
    long getGridPercentile99Micros();

    /** The duration of the longest call, in microseconds. */
    long getGridMaxMicros();

    /** Sessions of which this node has a copy. */
    int getCopies();

    /** How often this node renewed the lease by which its copies count. */
    long getLeaseRenewals();

    /** How often the lease ended because it was not renewed in time, or because another node fenced this one. */
    long getLeaseLapses();

    /** Nodes that this one fenced because they did not confirm that they had dropped a copy. */
    long getFencedNodes();

    /** The longest that an end or a change of a session has waited for other nodes' copies to go, in microseconds. */
    long getLongestEndingWaitMicros();

    /**
     * Whether the database beside the grid answers: {@code up}; {@code down} since a read failed or a call was not
     * answered, and until one succeeds; {@code off} if there is none. A write that is refused leaves it as it is.
     */
    String getStoreState();

    /** Rows that are to be written to the database. This and the following figures are 0 without a database. */
    long getStoreRowsWaiting();

    /** For how long the oldest of these rows has been waiting, in milliseconds; 0 if none waits. */
    long getStoreOldestWaitingMillis();

    /** Rows that were written to the database. */
    long getStoreRowsWritten();

    /** Rows that were not written to the database because too many waited. Ends are dropped last. */
    long getStoreRowsDropped();

    /** How often the database was asked for rows, because the grid lacked them or for a list. */
    long getStoreLookUps();

    /** Sessions of the database that were put back into the grid. */
    long getStoreRowsRestored();

    /** Calls that the database did not answer in time, or refused. */
    long getStoreFailures();

    /** The duration of the longest call of the database, in milliseconds. */
    long getStoreMaxMillis();
}
