package dev.postern.cdi.start;

import dev.postern.cdi.PosternExtension;
import dev.postern.cdi.application.WebDescriptors;
import dev.postern.cdi.settings.Settings;
import dev.postern.cdi.settings.SettingsLoader;
import dev.postern.cdi.settings.WebSettings;
import dev.postern.http.ContainerHttpSession;
import dev.postern.http.endpoint.BackChannelLogoutServlet;
import dev.postern.http.endpoint.SessionServlet;
import dev.postern.http.endpoint.SessionsServlet;
import dev.postern.http.filter.PosternFilter;
import dev.postern.http.page.LoginPageServlet;
import dev.postern.http.request.EndpointPaths;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.HttpConstraintElement;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletSecurityElement;
import jakarta.servlet.annotation.HandlesTypes;
import jakarta.servlet.annotation.ServletSecurity.EmptyRoleSemantic;
import jakarta.ws.rs.core.Application;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Registers the start-up listener, the filter and the endpoints with the server, so that no descriptor and no JAX-RS
 * {@code Application} can leave them out. Impossible settings stop the deployment, as they do in {@link
 * PosternExtension}, and so does another way of signing in.
 *
 * <p>It reads the settings of the web module, and leaves them for {@link StartupListener}.
 */
@HandlesTypes(Application.class)
public final class PosternInitializer implements ServletContainerInitializer {

    @Override
    public void onStartup(@Nullable Set<Class<?>> applications, ServletContext context) {
        context.setAttribute(PosternExtension.IS_INITIALIZED, true);
        try {
            Settings settings = SettingsLoader.read();
            WebSettings web = settings.web();
            if (!web.isMechanismOn()) {
                return;
            }
            settings.leaveIn(context);
            requireNoOtherLogin(applications == null ? Set.of() : applications, context);
            context.addListener(StartupListener.class);
            context.addListener(ContainerHttpSession.Listener.class);
            addFilter(context);
            web.endpoints().paths().ifPresent(paths -> add(paths, web, context));
        } catch (SettingsLoader.SettingsException e) {
            throw new IllegalStateException("Postern does not start, because its settings are impossible.", e);
        }
    }

    /** Throws if the application asks for another way of signing in, which the server would silently ignore (C15). */
    private static void requireNoOtherLogin(Set<Class<?>> applications, ServletContext context) {
        Stream.concat(
                        WebDescriptors.loginMethods(context).stream(),
                        applications.stream().flatMap(WebDescriptors::loginMethod))
                .findFirst()
                .ifPresent(found -> {
                    throw new IllegalStateException("This application asks its server for another way of signing in, "
                            + found + ", which is never used beside Postern: remove it, or set"
                            + " postern.mechanism.enabled=false.");
                });
    }

    /**
     * Adds the filter before those of the application's descriptor and annotations, so that it sees every request
     * first.
     */
    private static void addFilter(ServletContext context) {
        FilterRegistration.Dynamic filter = context.addFilter("Postern", PosternFilter.class);
        filter.addMappingForUrlPatterns(
                EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR), false, "/*");
        filter.setAsyncSupported(true);
    }

    private static void add(EndpointPaths paths, WebSettings web, ServletContext context) {
        map(context.addServlet(EndpointPaths.SESSION_SERVLET, SessionServlet.class), paths.session());
        map(context.addServlet("PosternSessions", SessionsServlet.class), paths.sessions(), paths.sessions() + "/*");
        if (web.provider().isPresent()) {
            map(
                    context.addServlet(EndpointPaths.LOGOUT_SERVLET, BackChannelLogoutServlet.class),
                    paths.backChannelLogout());
        }
        if (paths.hasLoginPage()) {
            map(
                    context.addServlet(EndpointPaths.LOGIN_SERVLET, LoginPageServlet.class),
                    paths.loginPage(),
                    paths.loginStyle());
        }
    }

    /**
     * Maps an endpoint, and lets every caller reach it: wider constraints of the application would keep users from
     * signing in, as they do not with {@code j_security_check}. The container applies the most exact pattern (Servlet
     * 6.0, section 13.8.3).
     */
    private static void map(ServletRegistration.Dynamic servlet, String... patterns) {
        servlet.addMapping(patterns);
        servlet.setServletSecurity(new ServletSecurityElement(new HttpConstraintElement(EmptyRoleSemantic.PERMIT)));
        servlet.setAsyncSupported(true);
    }
}
