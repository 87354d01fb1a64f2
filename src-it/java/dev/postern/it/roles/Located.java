package dev.postern.it.roles;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** Sub-resource locators: the annotation stands on the way to the method that runs. */
public final class Located {

    private Located() {}

    /** Locators with different rules that return the same class. */
    @Path("located")
    public static class Root {

        @Path("plain")
        public Leaf plain() {
            return new Leaf();
        }

        @Path("clerk")
        @RolesAllowed("clerk")
        public Leaf clerk() {
            return new Leaf();
        }

        @Path("closed")
        @DenyAll
        public Object closed() {
            return new Leaf();
        }

        @Path("by-class-object")
        @RolesAllowed("manager")
        public Class<Leaf> byClassObject() {
            return Leaf.class;
        }

        @Path("ruled")
        public RuledLeaf ruled() {
            return new RuledLeaf();
        }

        @Path("middle")
        @RolesAllowed("clerk")
        public Middle middle() {
            return new Middle();
        }
    }

    /** The class that holds the locators demands a role. */
    @Path("located-in-ruled")
    @RolesAllowed("clerk")
    public static class RuledRoot {

        @Path("plain")
        public Leaf plain() {
            return new Leaf();
        }

        @Path("open")
        @PermitAll
        public Leaf open() {
            return new Leaf();
        }
    }

    /** Locators with templates: one can be told by what follows the template, the other not from any of them. */
    @Path("located-by-template")
    public static class Templates {

        @Path("plain")
        public Leaf plain() {
            return new Leaf();
        }

        @Path("{id}/chief")
        @RolesAllowed("manager")
        public Leaf chief(@PathParam("id") String id) {
            return new Leaf();
        }

        @Path("{id}")
        @RolesAllowed("clerk")
        public Leaf clerk(@PathParam("id") String id) {
            return new Leaf();
        }
    }

    /** Both the locator and what it returns are beans. */
    @Path("located-bean")
    @jakarta.enterprise.context.ApplicationScoped
    public static class BeanRoot {

        @Inject
        @SuppressWarnings("NullAway.Init")
        LeafBean leaf;

        @Path("plain")
        public LeafBean plain() {
            return leaf;
        }

        @Path("clerk")
        @RolesAllowed("clerk")
        public LeafBean clerk() {
            return leaf;
        }
    }

    /** A locator that leads to another locator. */
    public static class Middle {

        @Path("manager")
        @RolesAllowed("manager")
        public Leaf manager() {
            return new Leaf();
        }

        @Path("plain")
        public Leaf plain() {
            return new Leaf();
        }
    }
}
