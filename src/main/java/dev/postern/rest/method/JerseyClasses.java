package dev.postern.rest.method;

/**
 * Recognizes classes of Jersey by their names, because WildFly has no Jersey.
 *
 * <p>Safe for concurrent use.
 */
public final class JerseyClasses {

    private static final String JERSEY = "org.glassfish.jersey.";
    private static final String DESCRIPTIONS = JERSEY + "server.wadl.";
    private static final String HANDLER = JERSEY + "process.Inflector";

    private JerseyClasses() {}

    /**
     * Whether the class is part of Jersey, and answers in the place of a resource class. An application may have a
     * package of that name, copied examples for one.
     *
     * @param loader the class loader of Jersey
     */
    public static boolean include(Class<?> type, ClassLoader loader) {
        return type.getName().startsWith(JERSEY)
                && !ResourceClasses.isResource(type)
                && type.getClassLoader() == loader;
    }

    /** Whether the class answers {@code OPTIONS} or writes the WADL: it calls nothing of the application. */
    public static boolean isDescription(Class<?> type) {
        return type.getName().startsWith(DESCRIPTIONS);
    }

    /** Whether Jersey calls the class for a resource that a program has made. */
    public static boolean isHandler(Class<?> type) {
        return MethodDeclarations.withAncestors(type)
                .anyMatch(each -> each.getName().equals(HANDLER));
    }
}
