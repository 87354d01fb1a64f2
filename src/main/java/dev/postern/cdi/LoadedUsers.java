package dev.postern.cdi;

import dev.postern.CurrentUser;
import dev.postern.CurrentUserLoader;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.DeploymentException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The application's {@link CurrentUserLoader}, as far as it is seen while the application is deployed: how many there are, and
 * the bean of the type that it loads.
 *
 * <p>For the deployment's thread.
 */
final class LoadedUsers {

    private final List<Bean<?>> loaders = new ArrayList<>();
    private final Set<Type> known = new HashSet<>();

    /** Takes note of a bean of the application. */
    void note(Bean<?> bean) {
        known.addAll(bean.getTypes());
        if (bean.getTypes().stream().anyMatch(type -> raw(type) == CurrentUserLoader.class)) {
            loaders.add(bean);
        }
    }

    /** Adds a bean of the type that the loader loads, where CDI can make one and the application has none itself. */
    void addTo(AfterBeanDiscovery event, Supplier<CurrentUser> current) {
        type().filter(Resources::canBeProxied)
                .filter(type -> !known.contains(type))
                .ifPresent(type -> add(event, type, current));
    }

    private static <T> void add(AfterBeanDiscovery event, Class<T> type, Supplier<CurrentUser> current) {
        event.<T>addBean()
                .id("dev.postern.user " + type.getName())
                .beanClass(PosternExtension.class)
                .types(type, Object.class)
                .scope(RequestScoped.class)
                .produceWith(any -> current.get().as(type).orElseThrow(() -> nobody(type)));
    }

    private static IllegalStateException nobody(Class<?> type) {
        return new IllegalStateException("Nobody is signed in, so there is no " + type.getSimpleName() + ".");
    }

    /** What is wrong with the loaders, when users are to be looked up as the settings say. */
    Optional<Exception> problem(boolean isAskedFor) {
        if (loaders.size() > 1) {
            return Optional.of(new DeploymentException(
                    "There are " + loaders.size() + " beans of the type " + CurrentUserLoader.class.getSimpleName()
                            + ", and nobody knows which one is to be asked: " + loaders));
        }
        return isAskedFor && loaders.isEmpty()
                ? Optional.of(
                        new DeploymentException("postern.user.reload-every is set, but there is no bean of the type "
                                + CurrentUserLoader.class.getName() + " to look users up with."))
                : Optional.empty();
    }

    private Optional<Class<?>> type() {
        return loaders.stream()
                .flatMap(bean -> bean.getTypes().stream())
                .filter(type -> raw(type) == CurrentUserLoader.class)
                .filter(ParameterizedType.class::isInstance)
                .map(type -> ((ParameterizedType) type).getActualTypeArguments()[0])
                .<Class<?>>flatMap(own -> own instanceof Class<?> plain ? Stream.of(plain) : Stream.empty())
                .findFirst();
    }

    private static Type raw(Type type) {
        return type instanceof ParameterizedType parameterized ? parameterized.getRawType() : type;
    }
}
