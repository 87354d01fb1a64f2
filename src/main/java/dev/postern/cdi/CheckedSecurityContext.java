package dev.postern.cdi;

import dev.postern.http.ApplicationRequest;
import dev.postern.http.SignOut;
import dev.postern.http.request.UnwrappedRequest;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Typed;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.interceptor.Interceptor;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.SecurityContext;
import jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.Set;

/**
 * The server's security context, but for {@code authenticate}, which gets the request as Postern's filter wraps it. An
 * application may hand over the server's own request: from {@code @Inject HttpServletRequest}, or in a filter before
 * ours. On that request a server may accept a signed-in caller without a look at the credential (WF-31), or report our
 * failure as a wrong password (PY-33).
 *
 * <p>Safe for concurrent use.
 */
@Alternative
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
@ApplicationScoped
@Typed(SecurityContext.class)
final class CheckedSecurityContext implements SecurityContext {

    private final SecurityContext servers;
    private final Provider<SignOut> signOut;

    @Inject
    CheckedSecurityContext(BeanManager manager, Provider<SignOut> signOut) {
        this.servers = servers(manager);
        this.signOut = signOut;
    }

    private static SecurityContext servers(BeanManager manager) {
        Bean<?> bean = manager.getBeans(SecurityContext.class, Any.Literal.INSTANCE).stream()
                .filter(each -> each.getBeanClass() != CheckedSecurityContext.class)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "The server has no SecurityContext of Jakarta Security, which Postern needs."));
        CreationalContext<?> context = manager.createCreationalContext(bean);
        return (SecurityContext) manager.getReference(bean, SecurityContext.class, context);
    }

    @Override
    public Principal getCallerPrincipal() {
        return servers.getCallerPrincipal();
    }

    @Override
    public <T extends Principal> Set<T> getPrincipalsByType(Class<T> type) {
        return servers.getPrincipalsByType(type);
    }

    @Override
    public boolean isCallerInRole(String role) {
        return servers.isCallerInRole(role);
    }

    @Override
    public boolean hasAccessToWebResource(String resource, String... methods) {
        return servers.hasAccessToWebResource(resource, methods);
    }

    @Override
    public AuthenticationStatus authenticate(
            HttpServletRequest request, HttpServletResponse response, AuthenticationParameters parameters) {
        // the mechanism sees the server's own request, so what the caller leaves has to be there
        HttpServletRequest unwrapped = UnwrappedRequest.of(request);
        return servers.authenticate(ApplicationRequest.of(unwrapped, response, signOut.get()), response, parameters);
    }
}
