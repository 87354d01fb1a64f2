package dev.postern.cdi;

import dev.postern.http.EndpointPaths;
import dev.postern.http.PosternFilter;
import dev.postern.http.SessionServlet;
import dev.postern.http.SessionsServlet;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.HttpConstraintElement;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletSecurityElement;
import jakarta.servlet.annotation.ServletSecurity.EmptyRoleSemantic;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Declares the start-up listener, the filter and the endpoints to the server, so that no descriptor and no JAX-RS
 * {@code Application} can leave them out. Impossible settings are left to {@link PosternExtension}, which stops the deployment because of them.
 */
public final class WebStart implements ServletContainerInitializer {

    @Override
    public void onStartup(@Nullable Set<Class<?>> none, ServletContext context) {
        try {
            WebSettings web = ConfiguredSettings.read().web();
            if (!web.isMechanismOn()) {
                return;
            }
            context.addListener(StartUp.class);
            addFilter(context);
            web.endpoints().path().map(EndpointPaths::new).ifPresent(paths -> add(paths, context));
        } catch (SettingsException e) {
            context.log("Postern does not start, because its settings are impossible.");
        }
    }

    /** Before those of the application's descriptor and annotations, so that none of them gets past it. */
    private static void addFilter(ServletContext context) {
        FilterRegistration.Dynamic filter = context.addFilter("Postern", PosternFilter.class);
        filter.addMappingForUrlPatterns(
                EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR), false, "/*");
        filter.setAsyncSupported(true);
    }

    private static void add(EndpointPaths paths, ServletContext context) {
        map(context.addServlet(EndpointPaths.SESSION_SERVLET, SessionServlet.class), paths.session());
        map(context.addServlet("PosternSessions", SessionsServlet.class), paths.sessions(), paths.sessions() + "/*");
    }

    /**
     * Constraints of the application on wider patterns do not reach the endpoints, as they do not reach {@code j_security_check}:
     * without them nobody could sign in. Of all patterns that match, the container asks the most exact (Servlet 6.0, section 13.8.3).
     */
    private static void map(ServletRegistration.Dynamic servlet, String... patterns) {
        servlet.addMapping(patterns);
        servlet.setServletSecurity(new ServletSecurityElement(new HttpConstraintElement(EmptyRoleSemantic.PERMIT)));
        servlet.setAsyncSupported(true);
    }
}
