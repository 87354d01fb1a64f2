package dev.postern.histories;

/** What the simulated grid does to one call. */
public enum CallFault {
    /** The swap is applied and answered with false (D12). */
    ANSWER_LOST,
    /** The swap is applied twice, as a member does that repeats an operation after a failover. */
    APPLIED_TWICE,
    /** The write is applied, and the call fails (D6). */
    FAILED_AFTERWARDS,
    /** Nothing is applied, and the call fails. */
    FAILED,
    /** The read shows the row as it was before its last change. */
    STALE_READ,
    /** Before the swap is applied, another request comes in between. */
    OVERTAKEN
}
