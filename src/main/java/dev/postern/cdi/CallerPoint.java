package dev.postern.cdi;

import dev.postern.Caller;
import jakarta.enterprise.context.NormalScope;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.EventListener;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A place where the application wants the user of a request in its own type. What lives longer than a request would
 * keep the user of one request for the next, so there it is an error, unless the user is looked up each time.
 */
final class CallerPoint {

    /** By their names, because a server may have none of them. */
    private static final Set<String> LONG_LIVED = Set.of(
            "jakarta.ejb.Stateless",
            "jakarta.ejb.Stateful",
            "jakarta.ejb.Singleton",
            "jakarta.ejb.MessageDriven",
            "jakarta.websocket.server.ServerEndpoint");

    private CallerPoint() {}

    static boolean isOne(InjectionPoint point) {
        return point.getQualifiers().stream().anyMatch(Caller.class::isInstance);
    }

    /** The type of the user that is wanted. */
    static Type wanted(InjectionPoint point) {
        Type type = point.getType();
        return isLookup(type) ? ((ParameterizedType) type).getActualTypeArguments()[0] : type;
    }

    /** Throws where what is about to get the user outlives the request. */
    static void check(Instance<Object> beans) {
        Instance<InjectionPoint> point = beans.select(InjectionPoint.class);
        if (point.isResolvable()) {
            InjectionPoint known = point.get();
            if (known != null) {
                trap(known).ifPresent(sentence -> {
                    throw new IllegalStateException(sentence);
                });
            }
        }
    }

    /** What is wrong with the place; empty when nothing is, as far as can be seen. */
    static Optional<String> trap(InjectionPoint point) {
        boolean isTrap = !isLookup(declared(point))
                && (isLongLived(point.getBean()) || owners(point).anyMatch(CallerPoint::isLongLived));
        return isTrap
                ? Optional.of(
                        "@Caller in " + point.getMember() + " would give the user of one request to others, because"
                                + " its owner lives longer than a request: inject @Caller"
                                + " Instance and call get() in the request, or use"
                                + " CurrentUser.as.")
                : Optional.empty();
    }

    /** What stands in the source. The point of a single lookup has the type of what is looked up. */
    private static Type declared(InjectionPoint point) {
        return point.getAnnotated() == null
                ? point.getType()
                : point.getAnnotated().getBaseType();
    }

    private static boolean isLongLived(@Nullable Bean<?> owner) {
        return owner != null
                && owner.getScope() != RequestScoped.class
                && (owner.getScope() == Singleton.class || owner.getScope().isAnnotationPresent(NormalScope.class));
    }

    private static boolean isLookup(Type type) {
        return type instanceof ParameterizedType parameterized
                && (parameterized.getRawType() == Instance.class || parameterized.getRawType() == Provider.class);
    }

    private static Stream<Class<?>> owners(InjectionPoint point) {
        Stream<Class<?>> declaring = Stream.<Class<?>>ofNullable(
                point.getMember() == null ? null : point.getMember().getDeclaringClass());
        Stream<Class<?>> bean = Stream.<Class<?>>ofNullable(
                point.getBean() == null ? null : point.getBean().getBeanClass());
        return Stream.concat(declaring, bean);
    }

    private static boolean isLongLived(Class<?> owner) {
        return Servlet.class.isAssignableFrom(owner)
                || Filter.class.isAssignableFrom(owner)
                || EventListener.class.isAssignableFrom(owner)
                || Stream.of(owner.getAnnotations())
                        .map(annotation -> annotation.annotationType().getName())
                        .anyMatch(LONG_LIVED::contains);
    }
}
