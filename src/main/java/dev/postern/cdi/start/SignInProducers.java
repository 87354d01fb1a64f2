package dev.postern.cdi.start;

import dev.postern.CurrentUserLoader;
import dev.postern.MetadataContributor;
import dev.postern.ProvenUser;
import dev.postern.SecondFactor;
import dev.postern.SignIn;
import dev.postern.cdi.PosternExtension;
import dev.postern.cdi.settings.Settings;
import dev.postern.cdi.settings.WebSettings;
import dev.postern.cdi.start.CoreProducers.Internals;
import dev.postern.hazelcast.Grid;
import dev.postern.http.ApplicationMechanism;
import dev.postern.http.CredentialSignIn;
import dev.postern.http.OpenIdLogin;
import dev.postern.http.RequestAuthenticator;
import dev.postern.http.RequestSignIn;
import dev.postern.http.SecondFactorSignIn;
import dev.postern.http.SignOut;
import dev.postern.http.credential.CredentialVerifier;
import dev.postern.http.credential.DelayedAnswers;
import dev.postern.http.credential.SignInPolicy;
import dev.postern.http.credential.WaitingClock;
import dev.postern.http.crosssite.CrossSiteGuard;
import dev.postern.http.endpoint.PasswordSignIn;
import dev.postern.http.logout.BackChannelLogout;
import dev.postern.http.logout.HttpKeySource;
import dev.postern.http.logout.LogoutTokenVerifier;
import dev.postern.http.logout.ProviderKeys;
import dev.postern.http.transport.TokenTransport;
import dev.postern.session.SessionKeeper;
import dev.postern.session.concurrent.Bulkhead;
import dev.postern.session.request.UserLookup;
import dev.postern.session.throttle.AttemptKeys;
import dev.postern.session.throttle.FailureCountStore;
import dev.postern.session.throttle.SignInRateLimiter;
import dev.postern.session.throttle.SignInThrottle;
import dev.postern.session.user.UserNames;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.inject.Singleton;
import jakarta.security.enterprise.SecurityContext;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import jakarta.security.enterprise.identitystore.openid.OpenIdContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Makes the parts that sign users in, one of each for an application: who the users are, how credentials are checked,
 * and the logins of requests.
 */
@Dependent
class SignInProducers {

    /** How long a sign-in waits for its turn when too many credentials are checked at once. */
    private static final Duration TURN = Duration.ofSeconds(1);

    @Produces
    @Singleton
    static UserLookup users(Settings settings, PosternExtension extension, Internals internals) {
        Duration every = settings.users().reloadEvery().orElse(Duration.ZERO);
        Instance<CurrentUserLoader<?>> loaders =
                extension.beans().select(new TypeLiteral<CurrentUserLoader<?>>() {}, Any.Literal.INSTANCE);
        return loaders.isUnsatisfied()
                ? UserLookup.unchanging()
                : UserLookup.of(loaders.get(), every, internals.mint()::userHandle, System::nanoTime);
    }

    /** Takes the look-up of users lazily, because it needs the handles that are derived from names. */
    @Produces
    @Singleton
    static UserNames names(Settings settings, Instance<UserLookup> users) {
        Settings.Names names = settings.users().names();
        return new UserNames(
                names.spelling(), names.allowed(), name -> users.get().canonicalName(name));
    }

    @Produces
    @Singleton
    static RequestAuthenticator authenticator(
            Settings settings,
            SessionKeeper keeper,
            TokenTransport transport,
            PosternExtension extension,
            UserLookup users) {
        Instance<MetadataContributor> contributors =
                extension.beans().select(MetadataContributor.class, Any.Literal.INSTANCE);
        return new RequestAuthenticator(
                keeper, transport, contributors, users, settings.web().signIn().proxies());
    }

    @Produces
    @Singleton
    static SignInPolicy policy(Settings settings) {
        return settings.web().signIn();
    }

    @Produces
    @Singleton
    static CredentialSignIn credentialSignIn(
            RequestAuthenticator authenticator,
            SessionKeeper keeper,
            TokenTransport transport,
            CredentialVerifier verifier,
            SignInPolicy policy,
            SignInRates rates,
            SecondFactorSignIn second) {
        return new CredentialSignIn(authenticator, keeper, transport, verifier, policy, rates.rate(), second);
    }

    @Produces
    @Singleton
    static SecondFactorSignIn secondFactor(
            PosternExtension extension,
            SessionKeeper keeper,
            TokenTransport transport,
            SignInThrottle throttle,
            CredentialVerifier verifier,
            SignInPolicy policy) {
        Instance<SecondFactor> asked = extension.beans().select(SecondFactor.class, Any.Literal.INSTANCE);
        if (asked.isAmbiguous()) {
            throw new DeploymentException("This application has several beans of the type SecondFactor, "
                    + asked.handlesStream()
                            .map(handle -> handle.getBean().getBeanClass().getName())
                            .sorted()
                            .collect(Collectors.joining(" and "))
                    + ", and one alone can say who needs a second factor: remove all others.");
        }
        return new SecondFactorSignIn(
                keeper,
                transport,
                throttle,
                verifier.turns(),
                policy,
                asked.isUnsatisfied() ? Optional.empty() : Optional.of(asked.get()));
    }

    @Produces
    @Singleton
    static ApplicationMechanism mechanism(
            PosternExtension extension,
            BeanManager manager,
            CredentialSignIn signIn,
            CrossSiteGuard guard,
            Settings settings) {
        Optional<HttpAuthenticationMechanism> own = extension
                .ownMechanism()
                .map(bean -> manager.getReference(
                        bean, HttpAuthenticationMechanism.class, manager.createCreationalContext(bean)))
                .map(HttpAuthenticationMechanism.class::cast);
        UnaryOperator<ProvenUser> provider = settings.web()
                .provider()
                .filter(known -> extension.isOwnMechanismOpenId())
                .<UnaryOperator<ProvenUser>>map(
                        known -> new OpenIdLogin(known.rules().issuer(), () -> extension.bean(OpenIdContext.class)))
                .orElse(UnaryOperator.identity());
        return new ApplicationMechanism(own, extension.isOwnMechanismRemembering(), signIn, guard, provider);
    }

    /** Only asked for by the endpoint, which is there only if there is a provider. */
    @Produces
    @Singleton
    static BackChannelLogout logout(Settings settings, SessionKeeper keeper, Internals internals) {
        WebSettings.Provider provider = settings.web().provider().orElseThrow();
        ProviderKeys keys = new ProviderKeys(new HttpKeySource(provider.keys()), HttpKeySource.WHOLE, System::nanoTime);
        return new BackChannelLogout(
                new LogoutTokenVerifier(provider.rules(), keys), keeper.providerLogouts(), internals.events());
    }

    @Produces
    @Singleton
    static SignOut signOut(SessionKeeper keeper, TokenTransport transport) {
        return new SignOut(keeper, transport);
    }

    /** The limit for sign-ins of one user; empty if there is none. A type of its own for the container. */
    record SignInRates(Optional<SignInRateLimiter> rate) {}

    @Produces
    @Singleton
    static SignInRates rates(Settings settings, Grid grid, Internals internals) {
        int most = settings.users().mostPerUser();
        return new SignInRates(
                most == 0
                        ? Optional.empty()
                        : Optional.of(new SignInRateLimiter(
                                grid.failureCounts(settings.cache().timeout(), InstantSource.system()),
                                internals.mint(),
                                most,
                                internals.events())));
    }

    @Produces
    @Singleton
    static SignInThrottle throttle(Settings settings, Grid grid, Internals internals, SessionKeeper keeper) {
        FailureCountStore counts = grid.failureCounts(settings.cache().timeout(), InstantSource.system());
        AttemptKeys keys = new AttemptKeys(internals.mint(), settings.users().throttle(), keeper::isRevoked);
        return new SignInThrottle(counts, keys, internals.events());
    }

    @Produces
    @Singleton
    static CredentialVerifier check(
            Settings settings,
            PosternExtension extension,
            SignInThrottle throttle,
            UserLookup users,
            SessionKeeper keeper) {
        IdentityStoreHandler stores = extension.bean(IdentityStoreHandler.class);
        Bulkhead bulkhead =
                new Bulkhead(CredentialVerifier.limits(settings.users().mostAtOnce()), TURN);
        return new CredentialVerifier(stores, throttle, users, keeper, WaitingClock.SYSTEM, bulkhead);
    }

    @Produces
    @Singleton
    static SignIn signIn(
            SecurityContext security,
            Settings settings,
            Instance<RequestAuthenticator> authenticator,
            Instance<SignOut> signOut,
            Instance<SecondFactorSignIn> second) {
        Optional<String> issuer =
                settings.web().provider().map(provider -> provider.rules().issuer());
        return new RequestSignIn(security, issuer, authenticator::get, signOut::get, second::get);
    }

    @Produces
    @Singleton
    static PasswordSignIn passwordSignIn(
            SecurityContext security,
            TokenTransport transport,
            SignInPolicy policy,
            CrossSiteGuard guard,
            DelayedAnswers late) {
        return new PasswordSignIn(security, transport, policy, guard, late);
    }

    @Produces
    @Singleton
    static DelayedAnswers delayedAnswers() {
        return new DelayedAnswers();
    }

    static void close(@Disposes DelayedAnswers late) {
        late.close();
    }
}
