package dev.postern.cdi;

import dev.postern.CurrentUser;
import dev.postern.ExposeSession;
import dev.postern.http.SessionMechanism;
import dev.postern.rest.ResourceClasses;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessBean;
import jakarta.enterprise.inject.spi.WithAnnotations;
import jakarta.inject.Inject;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.ws.rs.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at the application while it is being deployed: reads the settings, and stops the deployment when they are
 * impossible or when another authentication mechanism is in the way.
 *
 * <p>For the deployment's thread; what it has read is safe to share afterwards.
 */
public class PosternExtension implements Extension {

    private Optional<Settings> settings = Optional.empty();
    private volatile Optional<Place> place = Optional.empty();
    private volatile Optional<Instance<Object>> beans = Optional.empty();
    private final Set<Class<?>> others = new LinkedHashSet<>();
    private final LoadedUsers users = new LoadedUsers();
    private final List<Exception> problems = new ArrayList<>();

    void readSettings(@Observes BeforeBeanDiscovery event) {
        try {
            settings = Optional.of(ConfiguredSettings.read());
            addOptionalBeans(event, settings().web().isMechanismOn());
        } catch (SettingsException e) {
            problems.add(e);
        }
    }

    private static void addOptionalBeans(BeforeBeanDiscovery event, boolean isMechanismOn) {
        OptionalBeans.present(PosternExtension.class.getClassLoader(), isMechanismOn)
                .forEach(type -> event.addAnnotatedType(type, type.getName()).add(OptionalBeans.SCOPE));
    }

    void leaveOutMechanism(@Observes ProcessAnnotatedType<SessionMechanism> type) {
        if (settings.isPresent() && !settings.get().web().isMechanismOn()) {
            type.veto();
        }
    }

    /** Exposes the session to the resources that inject it. For what others change, or cannot be intercepted, there is a filter. */
    void expose(@Observes @WithAnnotations({Inject.class, Path.class}) ProcessAnnotatedType<?> type) {
        if (exposesSession(type.getAnnotatedType().getJavaClass())) {
            type.configureAnnotatedType().add(ExposeSession.Literal.INSTANCE);
        }
    }

    private static boolean exposesSession(Class<?> type) {
        try {
            return ResourceClasses.isResource(type)
                    && Resources.canBeIntercepted(type)
                    && Injections.includeSession(type);
        } catch (LinkageError incomplete) {
            return false;
        }
    }

    void addLoadedUser(@Observes AfterBeanDiscovery event) {
        users.addTo(event, () -> bean(CurrentUser.class));
    }

    /** Asking the bean manager would not do: on Payara it shows a jar of the WAR no beans of the WAR's own classes. */
    void noteBean(@Observes ProcessBean<?> event) {
        Bean<?> bean = event.getBean();
        users.note(bean);
        boolean isMechanism = bean.getTypes().contains(HttpAuthenticationMechanism.class);
        if (isMechanism && bean.getBeanClass() != SessionMechanism.class) {
            others.add(bean.getBeanClass());
        }
    }

    void check(@Observes AfterDeploymentValidation event) {
        if (settings.isPresent() && settings.get().web().isMechanismOn()) {
            others.forEach(type -> problems.add(inTheWay(type)));
        }
        users.problem(settings.isPresent()
                        && settings.get().users().reloadEvery().isPresent())
                .ifPresent(problems::add);
        problems.forEach(event::addDeploymentProblem);
    }

    /** The settings. Only asked for when the deployment goes on, and so when there are some. */
    Settings settings() {
        return settings.orElseThrow();
    }

    /** Says where the application stands, once its server knows, and hands over the beans as the application sees them. */
    void started(Place known, Instance<Object> seen) {
        beans = Optional.of(seen);
        place = Optional.of(known);
    }

    /** Where the application stands. Only asked for after its start. */
    Place place() {
        return started(place);
    }

    /** A bean for those that the extension adds: on Payara these see the extension, and no bean of the application. */
    <T> T bean(Class<T> type) {
        return started(beans).select(type).get();
    }

    private static <T> T started(Optional<T> known) {
        return known.orElseThrow(() -> new IllegalStateException("The web application has not been started yet."));
    }

    private static DeploymentException inTheWay(Class<?> mechanism) {
        return new DeploymentException("This application has an authentication mechanism of its own, "
                + mechanism.getName() + ", beside " + SessionMechanism.class.getName()
                + ", and a server can ask only one: remove the first, or set postern.mechanism.enabled=false.");
    }
}
