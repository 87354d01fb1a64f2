package dev.postern.cdi.application;

import dev.postern.CurrentUser;
import dev.postern.SessionMetadata;
import dev.postern.rest.method.ResourceClasses;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The JAX-RS resources to which the session's interceptor is bound: resources of the application that CDI can
 * intercept, and that inject the session's metadata, or the current user where interceptors of the application may read
 * it. Binding an interceptor to a class that cannot be intercepted fails the deployment. To any other it costs time in
 * each call.
 *
 * <p>Safe for concurrent use.
 */
public final class ExposedResources {

    private ExposedResources() {}

    /**
     * Whether the interceptor is bound to the class. False for a class of which something cannot be loaded.
     *
     * @param isBinding whether an annotation may bind interceptors of the application
     */
    public static boolean include(AnnotatedType<?> annotated, Predicate<Class<? extends Annotation>> isBinding) {
        Class<?> type = annotated.getJavaClass();
        try {
            return ModuleClasses.include(type)
                    && ResourceClasses.isResource(type)
                    && canBeIntercepted(type)
                    && (injects(SessionMetadata.class, type)
                            || (injects(CurrentUser.class, type) && mayBeIntercepted(annotated, isBinding)));
        } catch (LinkageError incomplete) {
            return false;
        }
    }

    /** Whether interceptors of the application may be bound to the class or to a method of it. */
    static boolean mayBeIntercepted(AnnotatedType<?> type, Predicate<Class<? extends Annotation>> isBinding) {
        return Stream.concat(Stream.of(type), type.getMethods().stream())
                .flatMap(each -> each.getAnnotations().stream())
                .map(Annotation::annotationType)
                .anyMatch(annotation -> annotation == Interceptors.class
                        || annotation.getPackageName().equals("jakarta.ejb") // a descriptor may bind some
                        || isBinding.test(annotation));
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
     * Whether CDI injects the bean, or a {@code Provider} or {@code Instance} of it: into fields, constructors and
     * methods, inherited fields and methods included.
     */
    static boolean injects(Class<?> bean, Class<?> type) {
        Stream<AnnotatedElement> inherited = Stream.<Class<?>>iterate(
                        type, each -> each != null && each != Object.class, Class::getSuperclass)
                .flatMap(each ->
                        Stream.concat(Stream.of(each.getDeclaredFields()), Stream.of(each.getDeclaredMethods())));
        return Stream.concat(inherited, Stream.of(type.getDeclaredConstructors()))
                .filter(each -> each.isAnnotationPresent(Inject.class))
                .flatMap(ExposedResources::types)
                .anyMatch(each -> isOf(bean, each));
    }

    private static Stream<Type> types(AnnotatedElement element) {
        return element instanceof Field field
                ? Stream.of(field.getGenericType())
                : Stream.of(((Executable) element).getGenericParameterTypes());
    }

    private static boolean isOf(Class<?> bean, Type type) {
        return type instanceof ParameterizedType generic
                ? Stream.of(generic.getActualTypeArguments()).anyMatch(each -> isOf(bean, each))
                : bean.equals(type);
    }
}
