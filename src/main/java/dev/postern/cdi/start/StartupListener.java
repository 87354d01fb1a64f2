package dev.postern.cdi.start;

import dev.postern.cdi.ApplicationNames;
import dev.postern.cdi.PosternExtension;
import dev.postern.cdi.application.ApplicationBeans;
import dev.postern.cdi.application.DeployedApplication;
import dev.postern.cdi.bean.SessionOverNotifier;
import dev.postern.cdi.management.JmxRegistration;
import dev.postern.cdi.settings.Settings;
import dev.postern.cdi.settings.SettingsLoader;
import dev.postern.cdi.settings.SettingsWarnings;
import dev.postern.hazelcast.Grid;
import dev.postern.hazelcast.setup.MapConfigCheck;
import dev.postern.http.server.WildFlyJaspi;
import dev.postern.session.ending.EndingRetrier;
import dev.postern.session.row.RowTtl;
import dev.postern.session.throttle.SignInThrottle;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/**
 * Starts everything with the application instead of with its first request, and says in the log what counts and what
 * the server still needs. A map that could lose sessions, or bring ended ones back, stops the deployment.
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
    private Instance<EndingRetrier> retrier;

    @Inject
    private Instance<SessionOverNotifier> notifier;

    @Inject
    private Instance<JmxRegistration> management;

    @Inject
    private Instance<SignInThrottle> throttle;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        WildFlySecurityDomain server = WildFlySecurityDomain.of(context);
        context.setAttribute(WildFlyJaspi.DOMAIN, server.domain());
        server.unguarded(context).ifPresent(sentence -> {
            throw new IllegalStateException(sentence);
        });
        DeployedApplication deployed = DeployedApplication.of(context);
        extension.started(deployed, SettingsLoader.read(), ApplicationBeans.seen(beans));
        Settings.Cache cache = extension.settings().cache();
        Optional<MapConfigCheck.Fault> foreign =
                grid.get().claim(deployed.identity(), cache.namespace().isPresent(), cache.timeout());
        judge(foreign.stream().toList(), grid.get());
        retrier.get();
        management.get();
        throttle.get(); // its map is made now: see Grid on those that are made in a request (PY-09)
        grid.get().watch(lifetimes.get().codec(), notifier.get());
        LOG.log(
                Level.INFO,
                "Postern keeps the sessions of {0} under the cookie {1}. {2}",
                applicationNames.get().namespace(),
                applicationNames.get().cookie(),
                grid.get().description());
        LOG.log(Level.INFO, "Postern settings: {0}", extension.settings().effective());
        SettingsWarnings.of(extension.settings(), grid.get().unchosenName())
                .forEach(warning -> LOG.log(Level.WARNING, warning));
        extension.ignoredAnnotations(context).forEach(warning -> LOG.log(Level.WARNING, warning));
        server.missing().ifPresent(sentence -> LOG.log(Level.ERROR, sentence));
        judge(grid.get().faults(), grid.get());
    }

    /** Closes the grid before it stops the deployment: a server may keep the beans of an application that failed. */
    private static void judge(List<MapConfigCheck.Fault> faults, Grid grid) {
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
