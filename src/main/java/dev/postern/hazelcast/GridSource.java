package dev.postern.hazelcast;

/** Where the Hazelcast instance comes from. */
public enum GridSource {
    /** The server's own where there is one, else an embedded member. */
    AUTO,
    /** The server's own, found by JNDI. */
    SERVER,
    /** A member that Postern starts inside the application. */
    EMBEDDED,
    /** A client of a cluster that runs elsewhere. */
    CLIENT
}
