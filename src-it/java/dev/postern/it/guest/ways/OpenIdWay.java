package dev.postern.it.guest.ways;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import jakarta.security.enterprise.authentication.mechanism.http.OpenIdAuthenticationMechanismDefinition;
import jakarta.security.enterprise.authentication.mechanism.http.openid.ClaimsDefinition;
import jakarta.security.enterprise.authentication.mechanism.http.openid.LogoutDefinition;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Sends its users to an identity provider. Where it is, and what is kept in cookies meanwhile, says the configuration. */
@OpenIdAuthenticationMechanismDefinition(
        providerURI = "${way.uri}",
        clientId = "shop",
        clientSecret = "a secret of the shop's",
        redirectURI = "${baseURL}/callback",
        useSessionExpression = "${way.inSession}",
        redirectToOriginalResourceExpression = "${way.leadingBack}",
        logout = @LogoutDefinition(notifyProviderExpression = "${way.inSession}"),
        claimsDefinition = @ClaimsDefinition(callerNameClaim = "preferred_username", callerGroupsClaim = "groups"))
@Named("way")
@ApplicationScoped
public class OpenIdWay {

    private static final Config CONFIG = ConfigProvider.getConfig();

    public String getUri() {
        return CONFIG.getValue("way.uri", String.class);
    }

    public boolean isInSession() {
        return CONFIG.getValue("way.in-session", Boolean.class);
    }

    public boolean isLeadingBack() {
        return CONFIG.getValue("way.leading-back", Boolean.class);
    }
}
