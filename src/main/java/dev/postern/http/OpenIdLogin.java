package dev.postern.http;

import dev.postern.ProvenUser;
import dev.postern.ProviderLogin;
import jakarta.security.enterprise.identitystore.openid.IdentityToken;
import jakarta.security.enterprise.identitystore.openid.JwtClaims;
import jakarta.security.enterprise.identitystore.openid.OpenIdContext;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Notes with a user whom the container's OpenID Connect mechanism has proven which provider did so, so that the
 * provider can end the session.
 *
 * <p>Safe for concurrent use.
 */
public final class OpenIdLogin implements UnaryOperator<ProvenUser> {

    private final String issuer;
    private final Supplier<OpenIdContext> context;

    /**
     * Notes sign-ins at one provider.
     *
     * @param issuer the provider that can end sessions
     * @param context what the mechanism knows of the user of this request
     */
    public OpenIdLogin(String issuer, Supplier<OpenIdContext> context) {
        this.issuer = issuer;
        this.context = context;
    }

    /**
     * The user with the provider's sign-in.
     *
     * @throws IllegalStateException if the provider could not end the session, or has not proven the user
     */
    @Override
    public ProvenUser apply(ProvenUser user) {
        return Optional.ofNullable(context.get().getIdentityToken())
                .map(IdentityToken::getJwtClaims)
                .map(claims -> user.by(login(claims)))
                .orElseThrow(() -> new IllegalStateException("The OpenIdContext of a proven user has no ID token."));
    }

    private ProviderLogin login(JwtClaims claims) {
        String proven = claims.getIssuer().orElse("");
        if (!proven.equals(issuer)) {
            throw new IllegalStateException("The user was proven by the provider '" + proven
                    + "', which could not end the session: postern.back-channel-logout.issuer is '" + issuer + "'.");
        }
        String subject = claims.getSubject()
                .orElseThrow(() -> new IllegalStateException("The provider's ID token has no claim sub."));
        Instant issuedAt = claims.getIssuedAt()
                .orElseThrow(() -> new IllegalStateException("The provider's ID token has no claim iat."));
        return new ProviderLogin(proven, subject, claims.getStringClaim("sid"), issuedAt);
    }
}
