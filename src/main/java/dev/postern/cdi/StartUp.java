package dev.postern.cdi;

import dev.postern.hazelcast.Grid;
import dev.postern.hazelcast.MapFault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.DeploymentException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/**
 * Starts everything with the application instead of with its first request, and says in the log what counts and what the
 * server still needs. A map that could lose sessions, or bring ended ones back, stops the deployment.
 */
@Dependent
class StartUp {

    private static final Logger LOG = System.getLogger("dev.postern");

    static void start(
            @Observes @Initialized(ApplicationScoped.class) Object application,
            Settings settings,
            Naming naming,
            Grid grid) {
        LOG.log(
                Level.INFO,
                "Postern keeps the sessions of {0} in {1}; the cookie is {2}",
                naming.namespace(),
                grid.description(),
                naming.cookie());
        LOG.log(Level.INFO, "Postern settings: {0}", settings.effective());
        StartUpWarnings.of(settings).forEach(warning -> LOG.log(Level.WARNING, warning));
        WildFly.missing().ifPresent(sentence -> LOG.log(Level.ERROR, sentence));
        judge(grid.faults());
    }

    private static void judge(List<MapFault> faults) {
        faults.forEach(fault -> LOG.log(Level.WARNING, fault.sentence()));
        List<String> dangerous = faults.stream()
                .filter(MapFault::isDangerous)
                .map(MapFault::sentence)
                .toList();
        if (!dangerous.isEmpty()) {
            throw new DeploymentException("Sessions are not safe in this map:\n  " + String.join("\n  ", dangerous));
        }
    }
}
