package dev.postern.it.guest.contracts;

import jakarta.annotation.Priority;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/** Classes with a path of their own; their methods come from above. Both servers serve them. */
public final class Mixed {

    private Mixed() {}

    /** The methods. */
    public interface Api {

        @GET
        String read();

        @GET
        @Path("closed")
        String closed();
    }

    /** The class has the path, and its methods have the roles. */
    @Path("mixed/methods")
    public static class Methods implements Api {

        @Override
        @RolesAllowed("clerk")
        public String read() {
            return ReachedContracts.now();
        }

        @Override
        @DenyAll
        public String closed() {
            return ReachedContracts.now();
        }
    }

    /** A path beside that of the class; two classes of one path would stop Payara. */
    @Path("mixed/either")
    public interface BothApi {

        @GET
        String read();
    }

    /** Its own path, and the role. */
    @Path("mixed/both")
    @RolesAllowed("clerk")
    @ApplicationScoped
    public static class Both implements BothApi {

        @Override
        public String read() {
            return ReachedContracts.now();
        }
    }

    /** A superclass with type parameters. */
    public abstract static class Crud<T, K extends Comparable<K>> {

        @POST
        public abstract String save(T body);

        @GET
        @Path("found")
        public String found() {
            return ReachedContracts.now();
        }
    }

    /** Its method has a bridge. */
    @Path("mixed/crud")
    @RequestScoped
    public static class Orders extends Crud<String, Integer> {

        @Override
        @RolesAllowed("clerk")
        public String save(String body) {
            return ReachedContracts.now();
        }

        @Override
        @RolesAllowed("manager")
        public String found() {
            return ReachedContracts.now();
        }
    }

    /** A superclass without a word about JAX-RS that knows the role. */
    @RolesAllowed("clerk")
    public abstract static class Guarded {}

    /** What extends it says nothing about roles. */
    @Path("mixed/guarded")
    public static class Inheriting extends Guarded {

        @GET
        public String read() {
            return ReachedContracts.now();
        }
    }

    /** What a decorator stands before. */
    public interface Decorated {

        @GET
        String read();
    }

    /** Decorated, and intercepted. */
    @Path("mixed/decorated")
    @RequestScoped
    @Transactional
    @RolesAllowed("clerk")
    public static class DecoratedBean implements Decorated {

        @Override
        public String read() {
            return ReachedContracts.now();
        }
    }

    /** Passes on. */
    @Decorator
    @Priority(Interceptor.Priority.APPLICATION)
    public abstract static class Passing implements Decorated {

        @Inject
        @Delegate
        @Any
        Decorated delegate;

        @Override
        public String read() {
            return delegate.read();
        }
    }

    /** The stereotype on a class with a path. */
    @Path("mixed/stereotype")
    @ClerksOnly
    public static class Stereotyped {

        @GET
        public String read() {
            return ReachedContracts.now();
        }

        @GET
        @Path("manager")
        @ManagersOnly
        public String manager() {
            return ReachedContracts.now();
        }
    }
}
