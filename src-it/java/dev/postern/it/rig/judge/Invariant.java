package dev.postern.it.rig.judge;

/** What must never be seen in a history. Those with a number are the project's. */
public enum Invariant {
    /** No answer names another user, Postern's or the container's, than whose token was presented. */
    I1("wrong user"),
    /** A session whose sign-out was acknowledged, or in which a copy was found, never answers again. */
    I2("revived"),
    /** A session that was begun works until its limits or its end; nor is a page for all ever refused. */
    I3("lost"),
    /** No answer names another session than the one that was presented. */
    I4("wrong session"),
    /** A token that was replaced long ago lets nobody in. */
    I5("copies accepted"),
    /** A session ends at its limits. */
    I6("late"),
    /** The only error is that the grid does not answer. */
    I7("other errors"),
    /** No theft is found where there was no thief. */
    I12("false thefts"),
    /** A token comes only to a client with a session, and never with 503. */
    TOKEN("stray tokens"),
    /** A user with the role is never refused with 403. */
    FORBIDDEN("403");

    private final String title;

    Invariant(String title) {
        this.title = title;
    }

    /** For a report. */
    public String title() {
        return title;
    }
}
