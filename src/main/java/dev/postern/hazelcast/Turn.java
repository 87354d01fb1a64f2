package dev.postern.hazelcast;

/** Which repairs come first. */
enum Turn {
    /** Somebody may be let in whose session is over. */
    ENDED,

    /** Somebody is not let in although the session goes on. */
    GONE,

    /** A row may be kept too short a time, which harms nobody now. */
    TIME
}
