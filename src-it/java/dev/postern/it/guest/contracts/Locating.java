package dev.postern.it.guest.contracts;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.lang.reflect.Proxy;

/** Sub-resources: what a locator returns is called, with any declared type. */
public final class Locating {

    private Locating() {}

    /** Says nothing about roles. */
    public interface Leaf {

        @GET
        String read();
    }

    /** Says something about roles. */
    @PermitAll
    public interface OpenLeaf {

        @GET
        String read();
    }

    /** Knows the role. */
    @RolesAllowed("clerk")
    public static class ClerksLeaf implements Leaf {

        @Override
        public String read() {
            return ReachedContracts.now();
        }

        @Path("nested")
        public Leaf nested() {
            return new FreeLeaf();
        }
    }

    /** Knows no role. */
    public static class FreeLeaf implements Leaf {

        @Override
        public String read() {
            return ReachedContracts.now();
        }
    }

    /** A bean that shows only its interface. */
    @RequestScoped
    @Typed(Typed1.class)
    @RolesAllowed("clerk")
    public static class TypedLeaf implements Typed1 {

        @Override
        public String read() {
            return ReachedContracts.now();
        }
    }

    /** What it shows. */
    public interface Typed1 {

        @GET
        String read();
    }

    /** What a producer promises. */
    public static class Base {

        @GET
        public String read() {
            return ReachedContracts.now();
        }
    }

    /** What it makes. */
    @RolesAllowed("clerk")
    public static class Derived extends Base {}

    /** Makes beans whose types say less than their classes. */
    @Dependent
    public static class Maker {

        @Produces
        @RequestScoped
        @Named("produced-interface")
        Leaf asInterface() {
            return new ClerksLeaf();
        }

        @Produces
        @ApplicationScoped
        @Named("produced-class")
        Base asClass() {
            return new Derived();
        }
    }

    /** Says nothing itself. */
    @Path("locating")
    @RequestScoped
    public static class Root {

        @Inject
        @Named("produced-interface")
        Leaf asInterface;

        @Inject
        @Named("produced-class")
        Base asClass;

        @Inject
        Typed1 typed;

        @Path("free")
        public Leaf free() {
            return new FreeLeaf();
        }

        @Path("clerk")
        public Leaf clerk() {
            return new ClerksLeaf();
        }

        @Path("object")
        public Object object() {
            return new ClerksLeaf();
        }

        @Path("class")
        public Class<ClerksLeaf> type() {
            return ClerksLeaf.class;
        }

        @Path("produced-interface")
        public Leaf producedInterface() {
            return asInterface;
        }

        @Path("produced-class")
        public Base producedClass() {
            return asClass;
        }

        @Path("typed")
        public Typed1 typed() {
            return typed;
        }

        @Path("anonymous")
        public Leaf anonymous() {
            return new Leaf() {
                @Override
                @RolesAllowed("clerk")
                public String read() {
                    return ReachedContracts.now();
                }
            };
        }

        @Path("anonymous-closed")
        public Leaf anonymousClosed() {
            return new Leaf() {
                @Override
                @DenyAll
                public String read() {
                    return ReachedContracts.now();
                }
            };
        }

        @Path("lambda")
        public Leaf lambda() {
            return ReachedContracts::now;
        }

        @Path("proxy")
        public Leaf proxy() {
            Leaf leaf = new ClerksLeaf();
            return (Leaf) Proxy.newProxyInstance(
                    Leaf.class.getClassLoader(),
                    new Class<?>[] {Leaf.class},
                    (any, method, arguments) -> method.invoke(leaf, arguments));
        }

        @Path("open-proxy")
        public OpenLeaf openProxy() {
            return (OpenLeaf) Proxy.newProxyInstance(
                    Leaf.class.getClassLoader(),
                    new Class<?>[] {OpenLeaf.class},
                    (any, method, arguments) -> ReachedContracts.now());
        }
    }

    /** The role stands on the class that holds the locators. */
    @Path("locating-ruled/{id}")
    @RolesAllowed("manager")
    public static class RuledRoot {

        @Path("free")
        public Leaf free(@PathParam("id") String id) {
            return new FreeLeaf();
        }

        @Path("clerk")
        public Leaf clerk() {
            return new ClerksLeaf();
        }
    }

    /** A root whose path stands on an interface. */
    @Path("interface/locating")
    public interface RootApi {

        @Path("free")
        Leaf free();
    }

    /** It has the role. */
    @RolesAllowed("clerk")
    public static class RootOfInterface implements RootApi {

        @Override
        public Leaf free() {
            return new FreeLeaf();
        }
    }
}
