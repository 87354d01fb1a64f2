package dev.postern.it.rig.revocation;

/** What is done to one node that is not the one that is called. */
public enum Fault {
    NONE("none"),
    FROZEN("frozen (SIGSTOP)"),
    KILLED("killed (SIGKILL)"),
    CUT_ONE_WAY("cut off one way");

    private final String title;

    Fault(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
