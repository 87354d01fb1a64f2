package dev.postern.cdi.settings;

import dev.postern.http.credential.SignInPolicy;
import dev.postern.http.crosssite.Cors;
import dev.postern.http.crosssite.CrossSitePolicy;
import dev.postern.http.crosssite.CsrfCheck;
import dev.postern.http.endpoint.RecentAuthentication;
import dev.postern.http.request.PassiveRequests;
import dev.postern.http.request.PathPatterns;
import dev.postern.http.transport.BearerHeader;
import dev.postern.http.transport.CookieAttributes;
import dev.postern.http.transport.PlainHttpPolicy;
import java.util.Optional;

/**
 * What concerns HTTP: whether the mechanism is on, how tokens travel, the endpoints, which are absent when they are
 * off, and which requests only look at their session, and which other sites may not make, unless that is of no matter,
 * and what is said of signing in.
 *
 * <p>Immutable.
 */
public record WebSettings(
        boolean isMechanismOn,
        Transport transport,
        Endpoints endpoints,
        PassiveRequests passive,
        OtherSites otherSites,
        SignInPolicy signIn) {

    /**
     * What pages of other sites may not do, unless that is of no matter, which may read our answers, and where they may
     * sign users in.
     */
    public record OtherSites(Optional<CrossSitePolicy> rule, Cors cors, PathPatterns signInPaths) {}

    public Optional<CrossSitePolicy> crossSite() {
        return otherSites.rule();
    }

    /** Where the endpoints stand, absent when they are off, and what they ask of those who end other sessions. */
    public record Endpoints(Optional<String> path, RecentAuthentication recent) {}

    /** How tokens travel, and whether CSRF tokens have to. */
    public record Transport(Cookie cookie, PlainHttpPolicy plainHttp, BearerHeader bearer, CsrfCheck.Rule csrf) {}

    /** The cookie as the settings say; its name may be left to the context path. */
    public record Cookie(Optional<String> name, String path, Optional<String> domain, CookieAttributes.Flags flags) {

        /** The prefix with which browsers hold the cookie to its attributes (RFC 6265bis, section 4.1.3). */
        public String prefix() {
            if (!flags.isSecure()) {
                return "";
            }
            return path.equals("/") && domain.isEmpty() ? "__Host-" : "__Secure-";
        }
    }
}
