package dev.postern.rest.method;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the bean behind a client proxy of CDI. The class of the bean may carry annotations that the types of the proxy
 * lack. Both servers use Weld; its proxies are recognized by the name of an interface, because this jar has no class of
 * Weld.
 *
 * <p>Safe for concurrent use.
 */
public final class WeldClientProxies {

    private static final String INTERFACE = "org.jboss.weld.proxy.WeldClientProxy";

    /** The most proxies in a row that are followed. */
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
     * The bean behind the proxy; the object itself if it is no proxy. The bean is created if there is none yet.
     *
     * @throws IllegalStateException if the proxy does not reveal the bean
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

    /** Calls the method as one of a public interface, because the class of the proxy need not be accessible. */
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
