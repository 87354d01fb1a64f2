package dev.postern.cdi;

/**
 * Where the application stands on its server, and what follows from it: names that keep two applications on one host and
 * one grid apart, the same on every node.
 *
 * <p>Immutable.
 */
record ApplicationPath(String contextPath) {

    /** The namespace, unless the settings name one: the context path without its first slash, or {@code root}. */
    String namespace() {
        return contextPath.isEmpty() ? "root" : slug();
    }

    /** What the standard name of the cookie ends with. */
    String cookieSuffix() {
        return contextPath.isEmpty() ? "" : "-" + slug();
    }

    private String slug() {
        return contextPath.substring(1).replaceAll("[^A-Za-z0-9._-]", "-");
    }
}
