package dev.postern.histories;

/** What a client does with the tokens that it is sent, and when it is refused. */
enum Habit {
    /** It keeps each in its jar, as browsers do. */
    KEEPS,
    /** It ignores them: a simple client, or a thief who takes what the owner would have been offered. */
    IGNORES,
    /** It puts the newest one aside, and takes it out when it is refused. */
    HOARDS,
    /** It keeps each in its jar, and stops once it is refused. */
    KEEPS_AND_STOPS,
    /** It ignores them, and stops once it is refused. */
    IGNORES_AND_STOPS;

    boolean isKeeping() {
        return this == KEEPS || this == KEEPS_AND_STOPS;
    }

    boolean isStopping() {
        return this == KEEPS_AND_STOPS || this == IGNORES_AND_STOPS;
    }
}
