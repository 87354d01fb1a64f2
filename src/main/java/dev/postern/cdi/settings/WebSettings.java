package dev.postern.cdi.settings;

import dev.postern.http.credential.SignInPolicy;
import dev.postern.http.crosssite.Cors;
import dev.postern.http.crosssite.CrossSitePolicy;
import dev.postern.http.crosssite.CsrfCheck;
import dev.postern.http.endpoint.RecentAuthentication;
import dev.postern.http.logout.LogoutTokenVerifier;
import dev.postern.http.request.EndpointPaths;
import dev.postern.http.request.PassiveRequests;
import dev.postern.http.request.PathPatterns;
import dev.postern.http.transport.BearerHeader;
import dev.postern.http.transport.CookieAttributes;
import dev.postern.http.transport.PlainHttpPolicy;
import java.net.URI;
import java.util.Optional;

/**
 * The settings about HTTP.
 *
 * <p>Immutable.
 *
 * @param isMechanismOn whether Postern authenticates requests at all
 * @param transport how tokens travel
 * @param endpoints where the endpoints are
 * @param passive which requests do not extend their session
 * @param otherSites what pages of other sites may do
 * @param signIn what holds for all sign-ins
 * @param provider the identity provider that may end sessions; empty if there is none
 */
public record WebSettings(
        boolean isMechanismOn,
        Transport transport,
        Endpoints endpoints,
        PassiveRequests passive,
        OtherSites otherSites,
        SignInPolicy signIn,
        Optional<Provider> provider) {

    /** An identity provider that may end sessions: who sends logout tokens, and where its keys are. */
    public record Provider(LogoutTokenVerifier.Rules rules, URI keys) {}

    /**
     * What pages of other sites may do.
     *
     * @param rule which requests are refused; empty if the guard is off
     * @param cors which pages may read answers
     * @param signInPaths where pages of other sites may sign users in
     */
    public record OtherSites(Optional<CrossSitePolicy> rule, Cors cors, PathPatterns signInPaths) {}

    public Optional<CrossSitePolicy> crossSite() {
        return otherSites.rule();
    }

    /**
     * Where the endpoints are, and how recently a caller must have signed in to end other sessions.
     *
     * @param paths their paths; empty if they are off
     */
    public record Endpoints(Optional<EndpointPaths> paths, RecentAuthentication recent) {

        public boolean hasLoginPage() {
            return paths.filter(EndpointPaths::hasLoginPage).isPresent();
        }
    }

    /** How tokens travel, and whether requests need a CSRF token. */
    public record Transport(Cookie cookie, PlainHttpPolicy plainHttp, BearerHeader bearer, CsrfCheck.Rule csrf) {}

    /**
     * The cookie, from the settings.
     *
     * @param name its name; empty if it is derived from the context path
     */
    public record Cookie(Optional<String> name, String path, Optional<String> domain, CookieAttributes.Flags flags) {

        /** The prefix of the name that makes browsers enforce the attributes (RFC 6265bis, section 4.1.3). */
        public String prefix() {
            if (!flags.isSecure()) {
                return "";
            }
            return path.equals("/") && domain.isEmpty() ? "__Host-" : "__Secure-";
        }
    }
}
