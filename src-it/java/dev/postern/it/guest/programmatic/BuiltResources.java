package dev.postern.it.guest.programmatic;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;

/** Adds resources to the model of the server, by reflection because no test knows Jersey's classes. */
public class BuiltResources implements Feature {

    private static final String MODEL = "org.glassfish.jersey.server.model.";

    @Override
    public boolean configure(FeatureContext context) {
        try {
            InvocationHandler processor = (self, method, arguments) -> switch (method.getName()) {
                case "processResourceModel" -> extended(arguments[0]);
                case "processSubResource" -> arguments[0];
                case "hashCode" -> 1;
                case "equals" -> self == arguments[0];
                default -> "processor";
            };
            Class<?> contract = type("ModelProcessor");
            context.register(
                    Proxy.newProxyInstance(contract.getClassLoader(), new Class<?>[] {contract}, processor), contract);
            return true;
        } catch (ReflectiveOperationException noJersey) {
            return false;
        }
    }

    private static Object extended(Object model) throws ReflectiveOperationException {
        Class<?> builder = type("ResourceModel$Builder");
        Object extended =
                builder.getConstructor(type("ResourceModel"), boolean.class).newInstance(model, false);
        for (Object resource : new Object[] {
            byMethod("by-method", Handler.class, "method"),
            byMethod("by-class", RuledHandler.class, "read"),
            byMethod("open", Handler.class, "open"),
            byInflector("proxied"),
            byLocator("located")
        }) {
            builder.getMethod("addResource", type("Resource")).invoke(extended, resource);
        }
        return builder.getMethod("build").invoke(extended);
    }

    private static Object byMethod(String path, Class<?> handler, String method) throws ReflectiveOperationException {
        Object resource = builder(path);
        Object get = get(resource);
        get.getClass()
                .getMethod("handledBy", Class.class, Method.class)
                .invoke(get, handler, handler.getMethod(method));
        return resource.getClass().getMethod("build").invoke(resource);
    }

    /** What stands behind the proxy cannot be seen. */
    private static Object byInflector(String path) throws ReflectiveOperationException {
        Class<?> inflector = Class.forName(
                "org.glassfish.jersey.process.Inflector",
                true,
                Thread.currentThread().getContextClassLoader());
        Object handler = Proxy.newProxyInstance(
                inflector.getClassLoader(),
                new Class<?>[] {inflector},
                (self, method, arguments) -> switch (method.getName()) {
                    case "apply" -> "reached";
                    case "hashCode" -> 1;
                    case "equals" -> self == arguments[0];
                    default -> "handler";
                });
        Object resource = builder(path);
        Object get = get(resource);
        get.getClass().getMethod("handledBy", inflector).invoke(get, handler);
        return resource.getClass().getMethod("build").invoke(resource);
    }

    /** Any method may be a locator: a path is not needed. */
    private static Object byLocator(String path) throws ReflectiveOperationException {
        Object resource = builder(path);
        Object locator = resource.getClass().getMethod("addMethod").invoke(resource);
        locator.getClass()
                .getMethod("handledBy", Class.class, Method.class)
                .invoke(locator, Locator.class, Locator.class.getMethod("leaf"));
        return resource.getClass().getMethod("build").invoke(resource);
    }

    private static Object builder(String path) throws ReflectiveOperationException {
        return type("Resource").getMethod("builder", String.class).invoke(null, path);
    }

    private static Object get(Object resource) throws ReflectiveOperationException {
        return resource.getClass().getMethod("addMethod", String.class).invoke(resource, "GET");
    }

    private static Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName(MODEL + name, true, Thread.currentThread().getContextClassLoader());
    }

    /** Says on its methods who may call it. */
    public static class Handler {

        @RolesAllowed("clerk")
        public String method() {
            return "reached";
        }

        @PermitAll
        public String open() {
            return "reached";
        }
    }

    /** Says itself who may call it. */
    @RolesAllowed("clerk")
    public static class RuledHandler {

        public String read() {
            return "reached";
        }
    }

    /** Carries an annotation on its locator, which cannot be judged. */
    public static class Locator {

        @DenyAll
        public Leaf leaf() {
            return new Leaf();
        }
    }

    /** Says nothing about roles. */
    public static class Leaf {

        @GET
        public String read() {
            return "reached";
        }
    }

    /** Serves them. */
    @ApplicationPath("built")
    public static class Served extends Application {

        @Override
        public Set<Class<?>> getClasses() {
            return Set.of(BuiltResources.class);
        }
    }
}
