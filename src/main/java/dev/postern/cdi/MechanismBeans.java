package dev.postern.cdi;

import dev.postern.cdi.application.ModuleClasses;
import dev.postern.http.SessionMechanism;
import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.PassivationCapable;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.OpenIdAuthenticationMechanismDefinition;
import jakarta.security.enterprise.authentication.mechanism.http.RememberMe;
import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the authentication mechanism that the application brings beside ours: a class of its own, or the bean that the
 * server makes for an annotation. Of several it is the one that the server would ask without Postern, so alternatives
 * count.
 *
 * <p>For the deployment's thread; its results are safe to share afterwards.
 */
final class MechanismBeans {

    /** Chooses among several mechanisms, from Jakarta EE 11 on. */
    private static final String HANDLER =
            "jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanismHandler";

    private final Set<Bean<?>> ours = new LinkedHashSet<>();
    private final Set<Bean<?>> others = new LinkedHashSet<>();
    private final Set<Class<?>> remembering = new LinkedHashSet<>();
    private final Set<Class<?>> deciding = new LinkedHashSet<>();
    private Optional<Class<?>> handler = Optional.empty();
    private boolean hasOpenId;
    private @Nullable Bean<?> own;

    /** Takes note of a bean of the application, or of the server. */
    void note(Bean<?> bean) {
        if (bean.getTypes().contains(HttpAuthenticationMechanism.class)) {
            (bean.getBeanClass() == SessionMechanism.class ? ours : others).add(bean);
        }
        if (bean.getTypes().stream().map(Type::getTypeName).anyMatch(HANDLER::equals) && isOfApplication(bean)) {
            handler = Optional.of(bean.getBeanClass());
        }
    }

    /** Not of the server, whose own handler asks us. */
    private static boolean isOfApplication(Bean<?> bean) {
        return ModuleClasses.isSharedWith(bean.getBeanClass().getClassLoader());
    }

    /** Takes note of a class that asks the server for a mechanism, if it does. */
    void noteDefinition(Class<?> type) {
        hasOpenId |= type.isAnnotationPresent(OpenIdAuthenticationMechanismDefinition.class);
    }

    /** Takes note of a mechanism that asks for its sign-ins to be remembered. */
    void noteRemembering(Class<?> mechanism, RememberMe remember) {
        if (!remember.isRememberMeExpression().isEmpty()) {
            deciding.add(mechanism);
        } else if (remember.isRememberMe()) {
            remembering.add(mechanism);
        }
    }

    /** Chooses the application's mechanism. The result is why that is impossible; empty if it is not. */
    Optional<Exception> choose(BeanManager manager) {
        if (handler.isPresent()) {
            return Optional.of(new DeploymentException("This application chooses among authentication mechanisms by "
                    + handler.get().getName() + ", which would go round Postern: remove it, or set"
                    + " postern.mechanism.enabled=false."));
        }
        try {
            own = manager.resolve(others);
            if (own != null && deciding.contains(own.getBeanClass())) {
                return Optional.of(new DeploymentException("@RememberMe of " + name(own)
                        + " has an isRememberMeExpression, which Postern does not read: call"
                        + " getAuthParameters().setRememberMe of the message context instead."));
            }
        } catch (AmbiguousResolutionException e) {
            return Optional.of(ambiguous());
        }
        return own().filter(other -> !isAskedAfterOurs(other, manager)).map(MechanismBeans::inTheWay);
    }

    private boolean isAskedAfterOurs(Bean<?> other, BeanManager manager) {
        try {
            Set<Bean<?>> both = new LinkedHashSet<>(ours);
            both.add(other);
            return ours.contains(manager.resolve(both));
        } catch (AmbiguousResolutionException e) {
            return false;
        }
    }

    private DeploymentException ambiguous() {
        String names = others.stream().map(MechanismBeans::name).sorted().collect(Collectors.joining(" and "));
        return new DeploymentException("This application has several authentication mechanisms, " + names
                + ", and one alone can prove who somebody is: remove all others, or set"
                + " postern.mechanism.enabled=false.");
    }

    private static DeploymentException inTheWay(Bean<?> mechanism) {
        return new DeploymentException("This application's authentication mechanism " + name(mechanism)
                + " is an alternative that takes the place of " + SessionMechanism.class.getName()
                + ": make it a bean that is no alternative, or set postern.mechanism.enabled=false.");
    }

    /** The class; for a bean that the server makes for an annotation, what describes it. */
    private static String name(Bean<?> mechanism) {
        return HttpAuthenticationMechanism.class.isAssignableFrom(mechanism.getBeanClass())
                ? mechanism.getBeanClass().getName()
                : mechanism.getBeanClass().getName() + " ("
                        + (mechanism instanceof PassivationCapable known ? known.getId() : mechanism) + ")";
    }

    /** The application's mechanism; empty if it has none. */
    Optional<Bean<?>> own() {
        return Optional.ofNullable(own);
    }

    /** Whether the application's mechanism is the one that the server makes for OpenID Connect, or takes its place. */
    boolean isOpenId() {
        return hasOpenId && own != null;
    }

    /** Whether the application's mechanism asks for all of its sign-ins to be remembered. */
    boolean isRemembering() {
        return own().filter(bean -> remembering.contains(bean.getBeanClass())).isPresent();
    }
}
