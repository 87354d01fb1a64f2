package dev.postern.cdi;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The beans that need something which not every server has. None of them has an annotation that makes it a bean, so that no
 * server stumbles over what it cannot load (WF-13).
 *
 * <p>Immutable.
 */
final class OptionalBeans {

    private static final Map<String, String> NEEDED = Map.of(
            "dev.postern.http.BoundSockets", "jakarta.websocket.Session",
            "dev.postern.cdi.GridReadiness", "org.eclipse.microprofile.health.HealthCheck");

    private OptionalBeans() {}

    /** The classes of those for which the server has what they need. */
    static Set<Class<?>> present(ClassLoader loader) {
        return NEEDED.entrySet().stream()
                .filter(bean -> isThere(bean.getValue(), loader))
                .map(bean -> load(bean.getKey(), loader))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isThere(String name, ClassLoader loader) {
        try {
            return Class.forName(name, false, loader) != null;
        } catch (ClassNotFoundException | NoClassDefFoundError e) {
            return false;
        }
    }

    private static Class<?> load(String name, ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("The jar lacks " + name + ".", e);
        }
    }
}
