package dev.postern.it.guest.contracts;

import dev.postern.Fresh;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Interfaces that carry the path and the methods, and classes that carry the roles. WildFly serves them. */
public final class Interfaces {

    private Interfaces() {}

    /** What most of the interfaces look like. */
    public interface Reading {

        @GET
        String read();
    }

    @Path("interface/bean")
    public interface BeanApi extends Reading {}

    /** A bean behind a client proxy. */
    @RequestScoped
    @RolesAllowed("clerk")
    public static class Bean implements BeanApi {

        @Override
        public String read() {
            return ReachedContracts.now();
        }
    }

    @Path("interface/plain")
    public interface PlainApi {

        @GET
        String read();
    }

    /** No bean. */
    @RolesAllowed("clerk")
    public static class Plain implements PlainApi {

        @Override
        public String read() {
            return ReachedContracts.now();
        }
    }

    @Path("interface/one")
    public interface OneApi {

        @GET
        String read();
    }

    /** One instance for all. */
    @ApplicationScoped
    @RolesAllowed("clerk")
    public static class One implements OneApi {

        @Override
        public String read() {
            return ReachedContracts.now();
        }
    }

    @Path("interface/dependent")
    public interface DependentApi {

        @GET
        String read();
    }

    /** A bean without a proxy. */
    @Dependent
    @RolesAllowed("clerk")
    public static class DependentBean implements DependentApi {

        @Override
        public String read() {
            return ReachedContracts.now();
        }
    }

    @Path("interface/method")
    public interface MethodApi {

        @GET
        String read();

        @GET
        @Path("closed")
        String closed();

        @GET
        @Path("open")
        String open();

        @GET
        @Path("stage")
        CompletionStage<String> stage();

        @GET
        @Path("suspended")
        void suspended(@Suspended AsyncResponse response);
    }

    /** The methods carry the roles. */
    @RequestScoped
    public static class Method implements MethodApi {

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

        @Override
        public String open() {
            return ReachedContracts.now();
        }

        @Override
        @RolesAllowed("clerk")
        public CompletionStage<String> stage() {
            return CompletableFuture.supplyAsync(ReachedContracts::now);
        }

        @Override
        @RolesAllowed("clerk")
        public void suspended(AsyncResponse response) {
            new Thread(() -> response.resume(ReachedContracts.now())).start();
        }
    }

    @Path("interface/closed")
    public interface ClosedApi {

        @GET
        String read();
    }

    /** Closed as a whole. */
    @DenyAll
    public static class Closed implements ClosedApi {

        @Override
        public String read() {
            return ReachedContracts.now();
        }
    }

    @Path("interface/fresh")
    public interface FreshApi {

        @GET
        String read();

        @GET
        @Path("stale")
        String stale();
    }

    /** Open to those who have just signed in. */
    @Fresh(within = "PT1H")
    public static class FreshOnly implements FreshApi {

        @Override
        public String read() {
            return ReachedContracts.now();
        }

        @Override
        @Fresh(within = "PT1S")
        public String stale() {
            return ReachedContracts.now();
        }
    }

    @Path("interface/generic")
    public interface GenericApi<T> {

        @POST
        String save(T body);

        @POST
        @Path("many")
        String saveAll(T[] bodies);
    }

    /** Its methods have bridges. */
    public static class Generic implements GenericApi<String> {

        @Override
        @RolesAllowed("clerk")
        public String save(String body) {
            return ReachedContracts.now();
        }

        /** Overloads what it implements, and is not what is called. */
        @PermitAll
        public String save(Integer body) {
            return ReachedContracts.now();
        }

        @Override
        @RolesAllowed("clerk")
        public String saveAll(String[] bodies) {
            return ReachedContracts.now();
        }
    }

    /** A half of a resource that knows its roles. */
    @RolesAllowed("clerk")
    public interface Guarded {}

    @Path("interface/several")
    public interface SeveralApi {

        @GET
        String read();
    }

    /** The path comes from one interface, the role from another. */
    public static class Several implements SeveralApi, Guarded {

        @Override
        public String read() {
            return ReachedContracts.now();
        }
    }

    @Path("interface/default")
    public interface DefaultApi {

        @GET
        default String read() {
            return ReachedContracts.now();
        }
    }

    /** Overrides nothing. */
    @RolesAllowed("clerk")
    public static class Default implements DefaultApi {}

    @Path("interface/deep")
    public interface DeepApi {

        @GET
        String read();
    }

    /** Its method comes from a superclass that is not public. */
    @RolesAllowed("clerk")
    public static class Deep extends Hidden implements DeepApi {}

    /** Its method gets a bridge in public subclasses. */
    static class Hidden {

        public String read() {
            return ReachedContracts.now();
        }
    }

    @Path("interface/tagged")
    public interface TaggedApi {

        @GET
        String read();

        @GET
        @Path("method")
        String method();
    }

    /** The roles stand on the annotations that the class and its method carry. */
    @ClerksOnly
    @RequestScoped
    public static class Tagged implements TaggedApi {

        @Override
        public String read() {
            return ReachedContracts.now();
        }

        @Override
        @ManagersOnly
        public String method() {
            return ReachedContracts.now();
        }
    }

    @Path("interface/stricter")
    @RolesAllowed("clerk")
    public interface StricterApi {

        @GET
        @RolesAllowed("clerk")
        String read();
    }

    /** The interface speaks of one role, the class of another one. */
    @RolesAllowed("manager")
    public static class Stricter implements StricterApi {

        @Override
        public String read() {
            return ReachedContracts.now();
        }
    }

    @Path("interface/ejb")
    public interface EnterpriseApi {

        @GET
        String read();

        @GET
        @Path("fresh")
        String fresh();
    }
}
