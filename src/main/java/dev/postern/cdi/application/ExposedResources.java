package dev.postern.cdi.application;

import dev.postern.CurrentUser;
import dev.postern.SessionMetadata;
import dev.postern.rest.method.ResourceClasses;
import jakarta.inject.Inject;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The JAX-RS resources to which the session's interceptor is bound: resources of the application that inject the
 * session, and that CDI can intercept. Binding an interceptor to any other class fails the deployment.
 *
 * <p>Safe for concurrent use.
 */
public final class ExposedResources {

    private static final Set<Class<?>> OF_SESSIONS = Set.of(CurrentUser.class, SessionMetadata.class);

    private ExposedResources() {}

    /** Whether the interceptor is bound to the class. False for a class of which something cannot be loaded. */
    public static boolean include(Class<?> type) {
        try {
            return ModuleClasses.include(type)
                    && ResourceClasses.isResource(type)
                    && canBeIntercepted(type)
                    && injectsSession(type);
        } catch (LinkageError incomplete) {
            return false;
        }
    }

    /** Whether CDI can make a subclass of the class, and so put an interceptor before its methods. */
    static boolean canBeIntercepted(Class<?> type) {
        return !type.isInterface()
                && !type.isArray()
                && !type.isPrimitive()
                && !Modifier.isFinal(type.getModifiers())
                && Stream.of(type.getDeclaredConstructors()).anyMatch(ExposedResources::isForProxies)
                && Stream.<Class<?>>iterate(type, each -> each != null && each != Object.class, Class::getSuperclass)
                        .flatMap(each -> Stream.of(each.getDeclaredMethods()))
                        .noneMatch(ExposedResources::isFinal);
    }

    private static boolean isForProxies(Constructor<?> constructor) {
        return constructor.getParameterCount() == 0 && !Modifier.isPrivate(constructor.getModifiers());
    }

    /** Static and private methods may be final: CDI overrides none of them. */
    private static boolean isFinal(Method method) {
        int modifiers = method.getModifiers();
        return Modifier.isFinal(modifiers) && !Modifier.isStatic(modifiers) && !Modifier.isPrivate(modifiers);
    }

    /**
     * Whether CDI injects the session, or a {@code Provider} or {@code Instance} of it: into fields, constructors and
     * methods, inherited fields and methods included.
     */
    static boolean injectsSession(Class<?> type) {
        Stream<AnnotatedElement> inherited = Stream.<Class<?>>iterate(
                        type, each -> each != null && each != Object.class, Class::getSuperclass)
                .flatMap(each ->
                        Stream.concat(Stream.of(each.getDeclaredFields()), Stream.of(each.getDeclaredMethods())));
        return Stream.concat(inherited, Stream.of(type.getDeclaredConstructors()))
                .filter(each -> each.isAnnotationPresent(Inject.class))
                .flatMap(ExposedResources::types)
                .anyMatch(ExposedResources::isOfSession);
    }

    private static Stream<Type> types(AnnotatedElement element) {
        return element instanceof Field field
                ? Stream.of(field.getGenericType())
                : Stream.of(((Executable) element).getGenericParameterTypes());
    }

    private static boolean isOfSession(Type type) {
        return type instanceof ParameterizedType generic
                ? Stream.of(generic.getActualTypeArguments()).anyMatch(ExposedResources::isOfSession)
                : type instanceof Class<?> plain && OF_SESSIONS.contains(plain);
    }
}
