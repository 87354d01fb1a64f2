package dev.postern.cdi;

import jakarta.annotation.security.RolesAllowed;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The roles that an application names in {@code @RolesAllowed}. Payara answers {@code isUserInRole} only for roles that
 * were declared to it, and scans no JAX-RS resources for them.
 */
final class DeclaredRoles {

    private DeclaredRoles() {}

    /** All roles named on the classes and on their methods. */
    static Set<String> of(Set<Class<?>> types) {
        Set<String> roles = new TreeSet<>();
        for (Class<?> type : types) {
            List<AnnotatedElement> elements = new ArrayList<>(List.of(type.getDeclaredMethods()));
            elements.add(type);
            for (AnnotatedElement element : elements) {
                RolesAllowed allowed = element.getAnnotation(RolesAllowed.class);
                roles.addAll(allowed == null ? List.of() : List.of(allowed.value()));
            }
        }
        return roles;
    }
}
