package dev.postern.cdi;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The beans that need an API which not every server has. None of them carries an annotation that makes it a bean, so a
 * server without the API does not try to load it (WF-13).
 *
 * <p>Immutable.
 */
final class OptionalBeans {

    /** Added also without the mechanism, because the application injects it. */
    private static final Map<String, String> ALWAYS =
            Map.of("dev.postern.cdi.bean.SocketsBean", "jakarta.websocket.Session");

    private static final Map<String, String> WITH_THE_MECHANISM =
            Map.of("dev.postern.cdi.management.ReadinessCheck", "org.eclipse.microprofile.health.HealthCheck");

    /** The scope of these beans. As an annotation of the class it would make a second bean on Payara. */
    static final Singleton SCOPE = new Scope();

    private OptionalBeans() {}

    private static final class Scope extends AnnotationLiteral<Singleton> implements Singleton {

        private static final long serialVersionUID = 1;
    }

    /** The classes of the beans whose API the server has. */
    static Set<Class<?>> present(ClassLoader loader, boolean isMechanismOn) {
        Stream<Map.Entry<String, String>> wanted = Stream.concat(
                ALWAYS.entrySet().stream(), isMechanismOn ? WITH_THE_MECHANISM.entrySet().stream() : Stream.empty());
        return wanted.filter(bean -> isThere(bean.getValue(), loader))
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
