package dev.postern.hazelcast;

/** Which repairs come first. */
enum Turn {
    /** A session that has ended may be accepted. */
    ENDED,

    /** A live session may be refused. */
    GONE,

    /** A row may be kept too short a time, which does no harm yet. */
    TIME
}
