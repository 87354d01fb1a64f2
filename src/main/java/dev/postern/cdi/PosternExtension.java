package dev.postern.cdi;

import dev.postern.http.SessionMechanism;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at the application while it is being deployed: reads the settings, and stops the deployment when they are
 * impossible or when another authentication mechanism is in the way.
 *
 * <p>For the deployment's thread; what it has read is safe to share afterwards.
 */
public class PosternExtension implements Extension {

    private Optional<Settings> settings = Optional.empty();
    private volatile Optional<Place> place = Optional.empty();
    private final List<Exception> problems = new ArrayList<>();

    void readSettings(@Observes BeforeBeanDiscovery event) {
        try {
            settings = Optional.of(ConfiguredSettings.read());
        } catch (SettingsException e) {
            problems.add(e);
        }
    }

    void leaveOutMechanism(@Observes ProcessAnnotatedType<SessionMechanism> type) {
        if (settings.isPresent() && !settings.get().web().isMechanismOn()) {
            type.veto();
        }
    }

    void check(@Observes AfterDeploymentValidation event, BeanManager beans) {
        if (settings.isPresent() && settings.get().web().isMechanismOn()) {
            beans.getBeans(HttpAuthenticationMechanism.class, Any.Literal.INSTANCE).stream()
                    .map(Bean::getBeanClass)
                    .filter(type -> type != SessionMechanism.class)
                    .forEach(type -> problems.add(inTheWay(type)));
        }
        problems.forEach(event::addDeploymentProblem);
    }

    /** The settings. Only asked for when the deployment goes on, and so when there are some. */
    Settings settings() {
        return settings.orElseThrow();
    }

    /** Says where the application stands, once its server knows. */
    void standsAt(Place known) {
        place = Optional.of(known);
    }

    /** Where the application stands. Only asked for after its start. */
    Place place() {
        return place.orElseThrow(() -> new IllegalStateException("The web application has not been started yet."));
    }

    private static DeploymentException inTheWay(Class<?> mechanism) {
        return new DeploymentException("This application has an authentication mechanism of its own, "
                + mechanism.getName() + ", beside " + SessionMechanism.class.getName()
                + ", and a server can ask only one: remove the first, or set postern.mechanism.enabled=false.");
    }
}
