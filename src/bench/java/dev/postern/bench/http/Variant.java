package dev.postern.bench.http;

/** A way to know the caller, and the application that has it. */
enum Variant {
    OPEN("a", "no security"),
    FLOOR("b", "a mechanism that names a fixed user: the floor"),
    STRICT("c", "Postern, no copies"),
    SEALED("c2", "Postern, no copies, sessions sealed"),
    LEASED("d", "Postern, leased copies (the default)"),
    SESSION("e", "HttpSession that the server's nodes share"),
    JWT("f", "MicroProfile JWT, RS256");

    private final String letter;
    private final String title;

    Variant(String letter, String title) {
        this.letter = letter;
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
        return "/bench-" + letter;
    }

    String warName() {
        return "bench-" + letter + ".war";
    }

    boolean isPostern() {
        return this == STRICT || this == SEALED || this == LEASED;
    }

    /** Whether it does not look at what the caller brings. */
    boolean hasFixedCaller() {
        return this == OPEN || this == FLOOR;
    }
}
