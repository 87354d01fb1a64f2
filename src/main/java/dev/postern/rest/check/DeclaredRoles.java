package dev.postern.rest.check;

import jakarta.servlet.ServletContext;
import java.util.Set;

/**
 * The roles that the annotations of the application name. They are declared to the server, which may know more from its
 * descriptors.
 *
 * <p>Immutable.
 */
public record DeclaredRoles(Set<String> names) {

    private static final String ATTRIBUTE = DeclaredRoles.class.getName();

    public DeclaredRoles {
        names = Set.copyOf(names);
    }

    /** Those of the application; none before it has been started. */
    public static DeclaredRoles of(ServletContext context) {
        return context.getAttribute(ATTRIBUTE) instanceof DeclaredRoles known ? known : new DeclaredRoles(Set.of());
    }

    /** Declares them in the application that is being started. */
    public void in(ServletContext context) {
        context.setAttribute(ATTRIBUTE, this);
        context.declareRoles(names.toArray(String[]::new));
    }
}
