package dev.postern.cdi.bean;

import dev.postern.CurrentUser;
import dev.postern.http.request.CurrentRequest;
import dev.postern.rest.check.DeclaredRoles;
import dev.postern.session.LiveSession;
import dev.postern.session.request.RequestLogin;
import dev.postern.session.user.SessionUser;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The current user, from the login that the mechanism put into the request.
 *
 * <p>Safe for concurrent use: it reads the request of the calling thread.
 */
@ApplicationScoped
@Typed(CurrentUser.class)
final class RequestUser implements CurrentUser {

    @Override
    public String name() {
        return user().map(SessionUser::name).orElse("");
    }

    @Override
    public Set<String> groups() {
        return user().map(SessionUser::roles).orElse(Set.of());
    }

    @Override
    public Set<String> roles() {
        return user().flatMap(user -> served().map(request -> roles(user, request)))
                .orElse(Set.of());
    }

    private static Set<String> roles(SessionUser user, HttpServletRequest request) {
        Set<String> declared = DeclaredRoles.of(request.getServletContext()).names();
        return Stream.concat(user.roles().stream(), declared.stream())
                .filter(request::isUserInRole)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Asks the server, where a group need not be a role: descriptors map groups, and Payara knows declared roles only.
     */
    @Override
    public boolean hasRole(String role) {
        return !isAnonymous()
                && served().filter(request -> request.isUserInRole(role)).isPresent();
    }

    @Override
    public Map<String, String> attributes() {
        return user().map(SessionUser::attributes).orElse(Map.of());
    }

    @Override
    public <T> Optional<T> as(Class<T> type) {
        RequestLogin login = CurrentRequest.login();
        return login instanceof RequestLogin.SignedIn signedIn
                ? signedIn.own().filter(type::isInstance).map(type::cast)
                : login.session().flatMap(none -> Optional.empty());
    }

    @Override
    public boolean isAnonymous() {
        return user().isEmpty();
    }

    private static Optional<SessionUser> user() {
        return CurrentRequest.login().session().map(LiveSession::user);
    }

    private static Optional<HttpServletRequest> served() {
        return CurrentRequest.get().map(CurrentRequest::request);
    }
}
