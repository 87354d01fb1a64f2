package dev.postern.testing;

import jakarta.security.auth.message.MessageInfo;
import jakarta.security.enterprise.AuthenticationException;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a container tells a mechanism about a request, and whom the mechanism names.
 *
 * <p>For one thread.
 */
public final class TestMessageContext {

    private final HttpServletRequest request;
    private final AuthenticationParameters parameters;
    private final boolean isProtected;
    private boolean isRefusing;
    private Optional<Told> told = Optional.empty();
    private Optional<Principal> principal = Optional.empty();
    private Optional<TestResponse> response = Optional.empty();
    private final Map<String, Object> info = new HashMap<>();

    /** A request as it comes in. */
    public TestMessageContext(HttpServletRequest request, boolean isProtected) {
        this(request, isProtected, new AuthenticationParameters());
    }

    /** The call of an application that hands over parameters. */
    public TestMessageContext(HttpServletRequest request, AuthenticationParameters parameters) {
        this(request, false, parameters);
    }

    private TestMessageContext(HttpServletRequest request, boolean isProtected, AuthenticationParameters parameters) {
        this.request = request;
        this.isProtected = isProtected;
        this.parameters = parameters;
    }

    /** Who is calling, as the container was told. */
    public record Told(String name, Set<String> groups) {}

    public Optional<Told> told() {
        return told;
    }

    /** The caller, as the container was told last. */
    public Optional<Principal> principal() {
        return principal;
    }

    /** From now on the container refuses whom the mechanism names, as WildFly does that is not set up. */
    public TestMessageContext refusingUsers() {
        isRefusing = true;
        return this;
    }

    /** Asks a mechanism as a container does. */
    public AuthenticationStatus ask(HttpAuthenticationMechanism mechanism, TestResponse response) {
        return ask(mechanism, request, response);
    }

    /** The same with a request of the container's own, around the one of this context. */
    public AuthenticationStatus ask(
            HttpAuthenticationMechanism mechanism, HttpServletRequest asked, TestResponse response) {
        try {
            this.response = Optional.of(response);
            return mechanism.validateRequest(asked, response.get(), get());
        } catch (AuthenticationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a mechanism has asked the container for, beside its answer. */
    public Map<String, Object> info() {
        return info;
    }

    public HttpMessageContext get() {
        return (HttpMessageContext) Proxy.newProxyInstance(
                TestMessageContext.class.getClassLoader(),
                new Class<?>[] {HttpMessageContext.class},
                (proxy, method, arguments) -> answer(method.getName(), arguments));
    }

    @SuppressWarnings("unchecked")
    private @Nullable Object answer(String method, Object[] arguments) throws IOException {
        return switch (method) {
            case "getRequest" -> request;
            case "getAuthParameters" -> parameters;
            case "isProtected" -> isProtected;
            case "isAuthenticationRequest" -> false;
            case "getResponse" -> response.map(TestResponse::get).orElseThrow();
            case "getMessageInfo" -> messageInfo();
            case "redirect" -> {
                response.orElseThrow().get().sendRedirect((String) arguments[0]);
                yield AuthenticationStatus.SEND_CONTINUE;
            }
            case "doNothing" -> AuthenticationStatus.NOT_DONE;
            case "notifyContainerAboutLogin" -> notify((Principal) arguments[0], (Set<String>) arguments[1]);
            case "cleanClientSubject" -> {
                told = Optional.empty();
                yield null;
            }
            default -> throw new UnsupportedOperationException(method);
        };
    }

    private MessageInfo messageInfo() {
        return (MessageInfo) Proxy.newProxyInstance(
                TestMessageContext.class.getClassLoader(),
                new Class<?>[] {MessageInfo.class},
                (proxy, method, arguments) -> info);
    }

    private AuthenticationStatus notify(Principal caller, Set<String> groups) {
        if (isRefusing) {
            throw new IllegalStateException(new IOException("ELY01177: Authorization failed."));
        }
        principal = Optional.of(caller);
        told = Optional.of(new Told(caller.getName(), groups));
        return AuthenticationStatus.SUCCESS;
    }
}
