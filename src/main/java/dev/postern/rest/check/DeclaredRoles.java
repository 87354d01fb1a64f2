package dev.postern.rest.check;

import jakarta.servlet.ServletContext;
import java.util.Set;

/**
 * The roles that annotations of the application name. They are declared to the server; its descriptors may declare
 * more.
 *
 * <p>Immutable.
 */
public record DeclaredRoles(Set<String> names) {

    private static final String ATTRIBUTE = DeclaredRoles.class.getName();

    public DeclaredRoles {
        names = Set.copyOf(names);
    }

    /** The roles of the application; empty before its start. */
    public static DeclaredRoles of(ServletContext context) {
        return context.getAttribute(ATTRIBUTE) instanceof DeclaredRoles known ? known : new DeclaredRoles(Set.of());
    }

    /** Declares the roles in the application that is starting. */
    public void declareIn(ServletContext context) {
        context.setAttribute(ATTRIBUTE, this);
        context.declareRoles(names.toArray(String[]::new));
    }
}
