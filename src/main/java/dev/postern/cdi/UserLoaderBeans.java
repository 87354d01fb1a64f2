package dev.postern.cdi;

import dev.postern.Caller;
import dev.postern.CurrentUser;
import dev.postern.CurrentUserLoader;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.NormalScope;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.EventListener;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The application's {@link CurrentUserLoader}, as far as it is seen while the application is deployed: how many there
 * are, and the beans of the type that it loads, for {@link Caller}.
 *
 * <p>For the deployment's thread.
 */
final class UserLoaderBeans {

    private final List<Bean<?>> loaders = new ArrayList<>();
    private final List<InjectionPoint> points = new ArrayList<>();

    /** Takes note of a bean of the application. */
    void note(Bean<?> bean) {
        if (bean.getTypes().stream().anyMatch(type -> raw(type) == CurrentUserLoader.class)) {
            loaders.add(bean);
        }
    }

    /** Takes note of a place where the application wants the user of a request. */
    void note(InjectionPoint point) {
        if (CallerInjectionPoint.isOne(point)) {
            points.add(point);
        }
    }

    /**
     * Adds a bean of the type that the loader loads, with all types that it has, and one of each subclass that is
     * wanted.
     */
    void addTo(AfterBeanDiscovery event, BeanManager manager, Supplier<CurrentUser> current) {
        type().ifPresent(own -> {
            Class<?> raw = raw(own);
            Set<Type> types = closure(own, manager);
            add(event, raw, types, current);
            points.stream()
                    .map(CallerInjectionPoint::wanted)
                    .filter(wanted -> !types.contains(wanted) && isSubclass(wanted, raw))
                    .distinct()
                    .forEach(wanted -> add(event, raw(wanted), Set.of(wanted), current));
        });
    }

    private static Set<Type> closure(Type own, BeanManager manager) {
        Set<Type> types = new LinkedHashSet<>(Set.of(own));
        manager.createAnnotatedType(raw(own)).getTypeClosure().stream()
                .filter(type ->
                        type instanceof Class<?> || (own instanceof Class<?> && type instanceof ParameterizedType))
                .filter(type -> type != raw(own) && type != Object.class)
                .forEach(types::add);
        return types;
    }

    private static boolean isSubclass(Type wanted, Class<?> own) {
        return (wanted instanceof Class<?> || wanted instanceof ParameterizedType) && own.isAssignableFrom(raw(wanted));
    }

    private static void add(AfterBeanDiscovery event, Class<?> raw, Set<Type> types, Supplier<CurrentUser> current) {
        event.addBean()
                .id("dev.postern.caller " + types)
                .beanClass(PosternExtension.class)
                .types(types)
                .qualifiers(Caller.Literal.INSTANCE, Any.Literal.INSTANCE)
                .scope(Dependent.class)
                .produceWith(beans -> {
                    CallerInjectionPoint.check(beans);
                    return current.get().as(raw).orElse(null);
                });
    }

    /** What is wrong with the loaders, when users are to be looked up as the settings say. */
    Optional<Exception> problem(boolean isAskedFor) {
        Optional<String> trap = points.stream()
                .flatMap(point -> CallerInjectionPoint.trap(point).stream())
                .findFirst();
        if (trap.isPresent()) {
            return trap.map(DeploymentException::new);
        }
        if (chosen().size() > 1) {
            return Optional.of(new DeploymentException(
                    "There are " + chosen().size() + " beans of the type " + CurrentUserLoader.class.getSimpleName()
                            + ", and Postern can ask only one. Keep one of: " + chosen()));
        }
        return isAskedFor && loaders.isEmpty()
                ? Optional.of(
                        new DeploymentException("postern.user.reload-every is set, but there is no bean of the type "
                                + CurrentUserLoader.class.getName() + " to look users up with."))
                : Optional.empty();
    }

    /** Alternatives are chosen instead of the others. Those that are not enabled are never seen. */
    private List<Bean<?>> chosen() {
        List<Bean<?>> alternatives =
                loaders.stream().filter(Bean::isAlternative).toList();
        return alternatives.isEmpty() ? loaders : alternatives;
    }

    private Optional<Type> type() {
        return chosen().stream()
                .flatMap(bean -> bean.getTypes().stream())
                .filter(type -> raw(type) == CurrentUserLoader.class)
                .filter(ParameterizedType.class::isInstance)
                .map(type -> ((ParameterizedType) type).getActualTypeArguments()[0])
                .filter(own -> own instanceof Class<?> || own instanceof ParameterizedType)
                .findFirst();
    }

    static Class<?> raw(Type type) {
        Type raw = type instanceof ParameterizedType parameterized ? parameterized.getRawType() : type;
        return raw instanceof Class<?> known ? known : Object.class;
    }

    /**
     * A place where the application wants the user of a request in its own type. What lives longer than a request would
     * keep the user of one request for the next, so there it is an error, unless the user is looked up each time.
     */
    static final class CallerInjectionPoint {

        /** By their names, because a server may have none of them. */
        private static final Set<String> LONG_LIVED = Set.of(
                "jakarta.ejb.Stateless",
                "jakarta.ejb.Stateful",
                "jakarta.ejb.Singleton",
                "jakarta.ejb.MessageDriven",
                "jakarta.websocket.server.ServerEndpoint");

        private CallerInjectionPoint() {}

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
                    && (isLongLived(point.getBean()) || owners(point).anyMatch(CallerInjectionPoint::isLongLived));
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
}
