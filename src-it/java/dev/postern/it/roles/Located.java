package dev.postern.it.roles;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;

/** Sub-resource locators: the annotations of every class on the way to the method that runs count. */
public final class Located {

    private Located() {}

    /** Says nothing itself. */
    @Path("located")
    public static class Root {

        @Path("plain")
        public Leaf plain() {
            return new Leaf();
        }

        @Path("object")
        public Object object() {
            return new RuledLeaf();
        }

        @Path("by-class-object")
        public Class<RuledLeaf> byClassObject() {
            return RuledLeaf.class;
        }

        @Path("ruled")
        public RuledLeaf ruled() {
            return new RuledLeaf();
        }

        @Path("middle")
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

        @Path("ruled")
        public RuledLeaf ruled() {
            return new RuledLeaf();
        }

        @Path("middle")
        public Middle middle() {
            return new Middle();
        }
    }

    /** Both the locator and what it returns are beans. */
    @Path("located-bean")
    @ApplicationScoped
    public static class BeanRoot {

        @Inject
        LeafBean leaf;

        @Path("plain")
        public LeafBean plain() {
            return leaf;
        }
    }

    /** A locator that leads to another locator. */
    @RolesAllowed("manager")
    public static class Middle {

        @Path("plain")
        public Leaf plain() {
            return new Leaf();
        }
    }
}
