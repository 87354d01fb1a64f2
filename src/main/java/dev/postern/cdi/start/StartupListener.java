package dev.postern.cdi.start;

import dev.postern.cdi.ApplicationNames;
import dev.postern.cdi.PosternExtension;
import dev.postern.cdi.application.DeployedApplication;
import dev.postern.cdi.bean.SessionOverNotifier;
import dev.postern.cdi.management.JmxSessions;
import dev.postern.cdi.settings.Settings;
import dev.postern.cdi.settings.SettingsLoader;
import dev.postern.cdi.settings.SettingsWarnings;
import dev.postern.hazelcast.Grid;
import dev.postern.hazelcast.setup.MapConfigCheck;
import dev.postern.http.SecondFactorSignIn;
import dev.postern.http.server.WildFlyJaspi;
import dev.postern.session.ending.EndingRetrier;
import dev.postern.session.row.RowTtl;
import dev.postern.session.throttle.SignInThrottle;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * Starts all parts with the application instead of with its first request, and logs what is in effect and what the
 * server lacks. A map that could lose sessions, or bring ended ones back, stops the deployment.
 *
 * <p>A Servlet listener and not a CDI observer, because Payara starts CDI before it knows the context path.
 */
public class StartupListener implements ServletContextListener {

    private static final Logger LOG = System.getLogger("dev.postern");

    @Inject
    private PosternExtension extension;

    @Inject
    private Instance<Object> beans;

    @Inject
    private Instance<ApplicationNames> applicationNames;

    @Inject
    private Instance<Grid> grid;

    @Inject
    private Instance<RowTtl> lifetimes;

    @Inject
    private Instance<CoreProducers.Database> database;

    @Inject
    private Instance<EndingRetrier> retrier;

    @Inject
    private Instance<SessionOverNotifier> notifier;

    @Inject
    private Instance<JmxSessions> management;

    @Inject
    private Instance<SignInThrottle> throttle;

    @Inject
    private Instance<SecondFactorSignIn> secondFactor;

    private final AtomicReference<CoreProducers.@Nullable Database> open = new AtomicReference<>();

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        WildFlySecurityDomain server = WildFlySecurityDomain.of(context);
        context.setAttribute(WildFlyJaspi.DOMAIN, server.domain());
        server.unguarded(context).ifPresent(sentence -> {
            throw new IllegalStateException(sentence);
        });
        DeployedApplication deployed = DeployedApplication.of(context);
        Settings settings = Settings.takeFrom(context).orElseGet(SettingsLoader::read);
        extension.started(deployed, settings, beansOfApplication());
        Settings.Cache cache = extension.settings().cache();
        Optional<MapConfigCheck.Fault> foreign =
                grid.get().claim(deployed.identity(), cache.namespace().isPresent(), cache.timeout());
        requireSafe(foreign.stream().toList(), grid.get());
        openDatabase();
        retrier.get();
        management.get();
        throttle.get(); // makes its map now and not in a request (PY-09)
        secondFactor.get(); // finds now whether the application has two beans that ask for a second factor
        grid.get().watch(lifetimes.get().codec(), database.get()::ended, notifier.get());
        LOG.log(
                Level.INFO,
                "Postern keeps the sessions of {0} under the cookie {1}. {2}",
                applicationNames.get().namespace(),
                applicationNames.get().cookie(),
                grid.get().description());
        extension
                .settings()
                .store()
                .ifPresent(store -> LOG.log(
                        Level.INFO, "Sessions survive a stop of all nodes in the database {0}.", store.dataSource()));
        LOG.log(Level.INFO, "Postern settings: {0}", extension.settings().effective());
        SettingsWarnings.of(extension.settings(), grid.get().unchosenName())
                .forEach(warning -> LOG.log(Level.WARNING, warning));
        extension.ignoredAnnotations(context).forEach(warning -> LOG.log(Level.WARNING, warning));
        server.missing().ifPresent(sentence -> LOG.log(Level.ERROR, sentence));
        requireSafe(grid.get().faults(), grid.get());
    }

    /** Stops the deployment if the database cannot be used, and closes the grid before. */
    private void openDatabase() {
        try {
            open.set(database.get());
        } catch (RuntimeException e) {
            grid.get().close();
            throw e;
        }
    }

    /** Writes what waits for the database, as long as the server still has its data source. */
    @Override
    public void contextDestroyed(ServletContextEvent event) {
        Optional.ofNullable(open.get()).ifPresent(CoreProducers.Database::close);
    }

    /**
     * The beans as the application's own classes get them injected. What is injected into a class of this jar follows
     * the jar's {@code beans.xml}, where the application's alternatives are not enabled.
     */
    @SuppressWarnings("BanJNDI") // the name is a constant of the platform
    private Instance<Object> beansOfApplication() {
        try {
            BeanManager manager = InitialContext.doLookup("java:comp/BeanManager");
            return manager.createInstance();
        } catch (NamingException e) {
            LOG.log(
                    Level.WARNING,
                    "The server names no bean manager, so alternatives in the application's beans.xml do not count.",
                    e);
            return beans;
        }
    }

    /**
     * Logs the faults. A dangerous one stops the deployment; the grid is closed before, because a server may keep the
     * beans of an application that failed.
     */
    private static void requireSafe(List<MapConfigCheck.Fault> faults, Grid grid) {
        faults.forEach(fault -> LOG.log(Level.WARNING, fault.sentence()));
        List<String> dangerous = faults.stream()
                .filter(MapConfigCheck.Fault::isDangerous)
                .map(MapConfigCheck.Fault::sentence)
                .toList();
        if (!dangerous.isEmpty()) {
            grid.close();
            throw new IllegalStateException("Sessions are not safe in this grid:\n  " + String.join("\n  ", dangerous));
        }
    }
}
