package dev.postern.it.guest.objects;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.reflect.Proxy;
import java.util.Set;

/** Makes its resources. */
@ApplicationPath("objects")
public class Objects extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(Registering.class, ReachedObjects.class, Subclass.class);
    }

    @Override
    @SuppressWarnings("deprecation") // still in use, and so still to be guarded
    public Set<Object> getSingletons() {
        Anonymous anonymous = new Anonymous() {
            @Override
            @RolesAllowed("clerk")
            public String read() {
                return ReachedObjects.now();
            }
        };
        AnonymousApi ofInterface = new AnonymousApi() {
            @Override
            @RolesAllowed("clerk")
            public String read() {
                return ReachedObjects.now();
            }
        };
        return Set.of(
                new Implementing(), anonymous, ofInterface, proxy(Proxied.class), proxy(OpenProxied.class), new Pojo());
    }

    private static Object proxy(Class<?> type) {
        return Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> switch (method.getName()) {
                    case "read" -> ReachedObjects.now();
                    case "hashCode" -> type.hashCode();
                    case "equals" -> arguments[0] == self;
                    default -> type.getName();
                });
    }

    /** The path of a class. */
    @Path("implementing")
    public interface Api {

        @GET
        String read();
    }

    /** The class. */
    @RolesAllowed("clerk")
    public static class Implementing implements Api {

        @Override
        public String read() {
            return ReachedObjects.now();
        }
    }

    /** The path of an anonymous class. */
    @Path("anonymous")
    public abstract static class Anonymous {

        @GET
        public abstract String read();
    }

    /** The path of another one. */
    @Path("anonymous-interface")
    public interface AnonymousApi {

        @GET
        String read();
    }

    /** The path of a proxy of which nothing is known. */
    @Path("proxied")
    public interface Proxied {

        @GET
        String read();
    }

    /** The path of a proxy whose interface says who may call it. */
    @Path("open-proxied")
    @PermitAll
    public interface OpenProxied {

        @GET
        String read();
    }

    /** Has everything itself. */
    @Path("pojo")
    @RolesAllowed("clerk")
    public static class Pojo {

        @GET
        public String read() {
            return ReachedObjects.now();
        }
    }

    /** A resource that only a feature names. */
    @Path("registered")
    @RolesAllowed("clerk")
    public static class Registered {

        @GET
        public String read() {
            return ReachedObjects.now();
        }
    }

    /** Names a resource. */
    public static class Registering implements Feature {

        @Override
        public boolean configure(FeatureContext context) {
            context.register(Registered.class);
            return true;
        }
    }

    /** A superclass that carries path and method. */
    @Path("superclass")
    public abstract static class Superclass {

        @GET
        public abstract String read();

        @GET
        @Path("inherited")
        public String inherited() {
            return ReachedObjects.now();
        }
    }

    /** A subclass that carries the role. */
    @RolesAllowed("clerk")
    public static class Subclass extends Superclass {

        @Override
        public String read() {
            return ReachedObjects.now();
        }
    }
}
