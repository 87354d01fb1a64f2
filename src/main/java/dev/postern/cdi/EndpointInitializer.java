package dev.postern.cdi;

import dev.postern.http.EndpointPaths;
import dev.postern.http.SessionServlet;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.Set;

/**
 * Declares the endpoints as servlets, so that no JAX-RS {@code Application} can leave them out. Impossible settings are left
 * to {@link PosternExtension}, which stops the deployment because of them.
 */
public final class EndpointInitializer implements ServletContainerInitializer {

    @Override
    public void onStartup(Set<Class<?>> none, ServletContext context) {
        try {
            ConfiguredSettings.read().web().endpoints().map(EndpointPaths::new).ifPresent(paths -> add(paths, context));
        } catch (SettingsException e) {
            context.log("Postern's endpoints are not there, because its settings are impossible.");
        }
    }

    private static void add(EndpointPaths paths, ServletContext context) {
        ServletRegistration.Dynamic servlet = context.addServlet("PosternSession", SessionServlet.class);
        servlet.addMapping(paths.session());
        servlet.setAsyncSupported(true);
    }
}
