package dev.postern.bench.http;

/** A way to know the caller, and the application that has it. */
enum Variant {
    OPEN("a", "a", "no security"),
    FLOOR("b", "b", "a mechanism that names a fixed user"),
    HONEST_FLOOR("b2", "b2", "a mechanism that believes an unsigned cookie: the honest floor"),
    STRICT("c", "c", "Postern, no copies"),
    SEALED("c2", "c2", "Postern, no copies, sessions sealed"),
    LEASED("d", "d", "Postern, leased copies (the default)"),
    SESSION("e", "e", "HttpSession that the server's nodes share, requests alternate"),
    STICKY_SESSION("e2", "e", "the same HttpSession, each user stays at one node"),
    JWT("f", "f", "MicroProfile JWT, RS256");

    private final String letter;
    private final String application;
    private final String title;

    Variant(String letter, String application, String title) {
        this.letter = letter;
        this.application = application;
        this.title = title;
    }

    String letter() {
        return letter;
    }

    String title() {
        return title;
    }

    /** The application's context path. */
    String path() {
        return "/bench-" + application;
    }

    String warName() {
        return "bench-" + application + ".war";
    }

    /** Whether it has an application of its own, which no variant before it has. */
    boolean hasOwnApplication() {
        return letter.equals(application);
    }

    boolean isPostern() {
        return this == STRICT || this == SEALED || this == LEASED;
    }

    /** Whether it does not look at what the caller brings. */
    boolean hasFixedCaller() {
        return this == OPEN || this == FLOOR;
    }

    /** Whether each user asks the node alone at which the user signed in. */
    boolean isSticky() {
        return this == STICKY_SESSION;
    }

    /** Whether it is measured with these users of so many nodes. Occasional users take a minute each, so they get the ways to compare. */
    boolean isMeasured(int nodes, UserLoad users) {
        boolean isExtra = this == OPEN || this == FLOOR || this == SEALED;
        return (nodes > 1 || !isSticky()) && (users.isBusy() || !isExtra);
    }
}
