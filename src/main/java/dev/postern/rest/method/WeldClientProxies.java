package dev.postern.rest.method;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the object behind a client proxy of CDI, whose class may say more about roles than the types of its bean. Both
 * servers have Weld, of whose classes none is known here: its proxies are recognized by the interface that they
 * implement.
 *
 * <p>Safe for concurrent use.
 */
public final class WeldClientProxies {

    private static final String INTERFACE = "org.jboss.weld.proxy.WeldClientProxy";

    /** A proxy may lead to another one. */
    private static final int STEPS = 8;

    private static final ClassValue<Boolean> IS_PROXY = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return MethodDeclarations.withAncestors(type)
                    .anyMatch(each -> each.getName().equals(INTERFACE));
        }
    };

    private WeldClientProxies() {}

    public static boolean isProxy(Object object) {
        return IS_PROXY.get(object.getClass());
    }

    /**
     * The object that answers the calls of the proxy; the object itself when it is no proxy. The bean is made if there
     * is none yet.
     *
     * @throws IllegalStateException when the proxy does not say what stands behind it
     */
    public static Object target(Object object) {
        Object target = object;
        for (int step = 0; isProxy(target); step++) {
            if (step == STEPS) {
                throw new IllegalStateException("There is no end to the proxies behind " + object.getClass());
            }
            target = next(target);
        }
        return target;
    }

    private static Object next(Object proxy) {
        Object metadata = call(proxy, "getMetadata");
        return call(metadata, "getContextualInstance");
    }

    /** By the method of a public interface, because the proxy's own class need not be accessible. */
    private static Object call(Object object, String name) {
        try {
            return Optional.ofNullable(method(object.getClass(), name).invoke(object))
                    .orElseThrow(() -> new IllegalStateException(object.getClass() + " has no " + name));
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The proxy does not say what stands behind it: " + object.getClass(), e);
        }
    }

    private static Method method(Class<?> type, String name) throws NoSuchMethodException {
        return MethodDeclarations.withAncestors(type)
                .filter(Class::isInterface)
                .flatMap(each -> Stream.of(each.getMethods()))
                .filter(each -> each.getName().equals(name) && each.getParameterCount() == 0)
                .findFirst()
                .orElseThrow(() -> new NoSuchMethodException(type + "." + name));
    }
}
