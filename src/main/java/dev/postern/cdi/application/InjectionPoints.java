package dev.postern.cdi.application;

import dev.postern.CurrentUser;
import dev.postern.SessionMetadata;
import jakarta.inject.Inject;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds what a class lets CDI inject: into its fields, constructors and methods, and into fields and methods that it
 * inherits.
 */
public final class InjectionPoints {

    private static final Set<Class<?>> OF_SESSIONS = Set.of(CurrentUser.class, SessionMetadata.class);

    private InjectionPoints() {}

    /** Whether the session of the request is among it, or a {@code Provider} or {@code Instance} of it. */
    public static boolean includeSession(Class<?> type) {
        Stream<AnnotatedElement> inherited = Stream.<Class<?>>iterate(
                        type, each -> each != null && each != Object.class, Class::getSuperclass)
                .flatMap(each ->
                        Stream.concat(Stream.of(each.getDeclaredFields()), Stream.of(each.getDeclaredMethods())));
        return Stream.concat(inherited, Stream.of(type.getDeclaredConstructors()))
                .filter(each -> each.isAnnotationPresent(Inject.class))
                .flatMap(InjectionPoints::types)
                .anyMatch(InjectionPoints::isOfSession);
    }

    private static Stream<Type> types(AnnotatedElement element) {
        return element instanceof Field field
                ? Stream.of(field.getGenericType())
                : Stream.of(((Executable) element).getGenericParameterTypes());
    }

    private static boolean isOfSession(Type type) {
        return type instanceof ParameterizedType generic
                ? Stream.of(generic.getActualTypeArguments()).anyMatch(InjectionPoints::isOfSession)
                : type instanceof Class<?> plain && OF_SESSIONS.contains(plain);
    }
}
