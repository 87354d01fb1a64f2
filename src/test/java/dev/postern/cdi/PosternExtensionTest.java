package dev.postern.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.Caller;
import dev.postern.CurrentUser;
import dev.postern.CurrentUserLoader;
import dev.postern.ExposeSession;
import dev.postern.SessionMetadata;
import dev.postern.cdi.application.DeployedApplication;
import dev.postern.cdi.settings.ConfigValues;
import dev.postern.cdi.settings.CoreSettingsReader;
import dev.postern.cdi.settings.Settings;
import dev.postern.http.ApplicationMechanism;
import dev.postern.http.CredentialSignIn;
import dev.postern.http.RequestAuthenticator;
import dev.postern.http.SessionMechanism;
import dev.postern.http.SignOut;
import dev.postern.http.crosssite.CrossSiteGuard;
import dev.postern.http.request.EndpointPaths;
import dev.postern.http.request.PassiveRequests;
import dev.postern.http.transport.TokenTransport;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Stereotype;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.InterceptorBinding;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.security.enterprise.authentication.mechanism.http.OpenIdAuthenticationMechanismDefinition;
import jakarta.security.enterprise.authentication.mechanism.http.RememberMe;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PosternExtensionTest {

    private static final Map<String, String> WRONG = Map.of(
            "postern.session.idle-timeout", "PT0S",
            "postern.cookie.secure", "maybe",
            "postern.sesion.grace", "PT1M");
    private static final String RELOAD = "postern.user.reload-every";
    private static final String SWITCH = "postern.mechanism.enabled";
    private static final String PAGE = "postern.endpoints.login-page";

    @AfterEach
    void forgetTheSettings() {
        WRONG.keySet().forEach(System::clearProperty);
        System.clearProperty(SWITCH);
        System.clearProperty(PAGE);
        System.clearProperty(RELOAD);
        ConfigProviderResolver.instance().releaseConfig(ConfigProvider.getConfig());
    }

    @Test
    void letsAnApplicationWithoutAMechanismOfItsOwnStart() {
        assertThatCode(() -> deploy().close()).doesNotThrowAnyException();
    }

    @Test
    @Tag("X-31")
    void refusesTheDeploymentNamingEverySettingThatIsWrong() {
        WRONG.forEach(System::setProperty);

        assertThatThrownBy(PosternExtensionTest::deploy)
                .hasStackTraceContaining("postern.session.idle-timeout is 'PT0S'")
                .hasStackTraceContaining("postern.cookie.secure is 'maybe'")
                .hasStackTraceContaining("There is no setting postern.sesion.grace.");
    }

    @Test
    void refusesALoginPageBesideAMechanismOfTheApplication() {
        System.setProperty(PAGE, "true");

        assertThatThrownBy(() -> deploy(SessionMechanism.class, Parts.class, OwnMechanism.class))
                .hasStackTraceContaining("postern.endpoints.login-page");
        assertThatCode(() -> deploy(SessionMechanism.class, Parts.class).close())
                .doesNotThrowAnyException();
    }

    @Test
    void standsInFrontOfTheMechanismOfTheApplication() {
        for (Class<?> way : List.of(OwnMechanism.class, MechanismProducer.class)) {
            try (SeContainer container = deploy(SessionMechanism.class, Parts.class, way)) {
                assertThat(asked(container)).isEqualTo(SessionMechanism.class);
                assertThat(extension(container).ownMechanism().orElseThrow().getBeanClass())
                        .isEqualTo(way);
                assertThat(extension(container).isOwnMechanismRemembering()).isFalse();
            }
        }
    }

    /** An OpenIdContext can be had in every application, and says nothing of who signs in otherwise. */
    @Test
    void knowsWhetherTheMechanismIsTheServersForOpenIdConnect() {
        try (SeContainer container = deploy(SessionMechanism.class, Parts.class, OwnMechanism.class)) {
            assertThat(extension(container).isOwnMechanismOpenId()).isFalse();
        }
        try (SeContainer container =
                deploy(SessionMechanism.class, Parts.class, OwnMechanism.class, OpenIdDefinition.class)) {
            assertThat(extension(container).isOwnMechanismOpenId()).isTrue();
        }
    }

    @Dependent
    @OpenIdAuthenticationMechanismDefinition(providerURI = "https://id.example")
    static class OpenIdDefinition {}

    @Test
    void knowsThatAnApplicationHasNoMechanismOfItsOwn() {
        try (SeContainer container = deploy(SessionMechanism.class, Parts.class)) {
            assertThat(extension(container).ownMechanism()).isEmpty();
        }
    }

    @Test
    @Tag("P-02")
    @Tag("P-03")
    void refusesSeveralMechanismsOfTheApplicationNamingThemAndWhatToSet() {
        assertThatThrownBy(
                        () -> deploy(SessionMechanism.class, Parts.class, OwnMechanism.class, MechanismProducer.class))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining(OwnMechanism.class.getName())
                .hasMessageContaining(MechanismProducer.class.getName())
                .hasMessageContaining("postern.mechanism.enabled=false");
    }

    @Test
    @Tag("C22")
    void takesTheMechanismThatTheServerWouldTake() {
        try (SeContainer container =
                deploy(SessionMechanism.class, Parts.class, OwnMechanism.class, OtherMechanism.class)) {
            assertThat(asked(container)).isEqualTo(SessionMechanism.class);
            assertThat(extension(container).ownMechanism().orElseThrow().getBeanClass())
                    .isEqualTo(OtherMechanism.class);
        }
    }

    @Test
    void refusesAMechanismThatTakesItsPlace() {
        assertThatThrownBy(() -> deploy(SessionMechanism.class, Parts.class, UsurpingMechanism.class))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining(UsurpingMechanism.class.getName())
                .hasMessageContaining("takes the place of " + SessionMechanism.class.getName());
    }

    @Test
    void remembersInPlaceOfTheServer() {
        try (SeContainer container = deploy(SessionMechanism.class, Parts.class, RememberingMechanism.class)) {
            assertThat(extension(container).isOwnMechanismRemembering()).isTrue();
        }
        assertThatThrownBy(() -> deploy(SessionMechanism.class, Parts.class, DecidingMechanism.class))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining(DecidingMechanism.class.getName())
                .hasMessageContaining("isRememberMeExpression");
    }

    private static PosternExtension extension(SeContainer container) {
        return container.getBeanManager().getExtension(PosternExtension.class);
    }

    /** The class of the bean that a server asks. */
    private static Class<?> asked(SeContainer container) {
        BeanManager manager = container.getBeanManager();
        return manager.resolve(manager.getBeans(HttpAuthenticationMechanism.class))
                .getBeanClass();
    }

    @Test
    void leavesAMechanismOfTheApplicationAloneWhenToldSo() {
        System.setProperty(SWITCH, "false");

        try (SeContainer container = deploy(OwnMechanism.class)) {
            assertThat(container.select(HttpAuthenticationMechanism.class).isResolvable())
                    .isTrue();
        }
    }

    @Test
    @Tag("C7")
    void addsABeanOfAllTypesOfTheUserForTheQualifierAlone() {
        try (SeContainer container = deploy(Staff.class)) {
            assertThat(container.select(Employee.class).isUnsatisfied()).isTrue();
            assertThat(container.select(Employee.class, Caller.Literal.INSTANCE).isResolvable())
                    .isTrue();
            assertThat(container.select(Person.class, Caller.Literal.INSTANCE).isResolvable())
                    .isTrue();
        }
    }

    @Test
    @Tag("C7")
    void leavesABeanOfTheApplicationsOwnOfThatTypeAlone() {
        try (SeContainer container = deploy(Staff.class, EmployeeProducer.class)) {
            assertThat(container.select(Employee.class).isResolvable()).isTrue();
            assertThat(container.select(Employee.class, Caller.Literal.INSTANCE).isResolvable())
                    .isTrue();
        }
    }

    @Test
    @Tag("C7")
    void addsABeanOfATypeThatCannotBeProxied() {
        try (SeContainer container = deploy(FinalStaff.class)) {
            assertThat(container
                            .select(FinalEmployee.class, Caller.Literal.INSTANCE)
                            .isResolvable())
                    .isTrue();
        }
    }

    @Test
    @Tag("C7")
    void addsABeanOfASubclassThatIsWanted() {
        assertThatCode(() -> deploy(Staff.class, Office.class).close()).doesNotThrowAnyException();
    }

    @Test
    @Tag("C7")
    void refusesABeanThatWouldKeepTheUserOfARequest() {
        assertThatThrownBy(() -> deploy(Staff.class, KeepingOffice.class))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining(KeepingOffice.class.getName())
                .hasMessageContaining("lives longer than a request");
        assertThatThrownBy(() -> deploy(Staff.class, SingleOffice.class)).isInstanceOf(DeploymentException.class);
    }

    @Test
    @Tag("C22")
    void takesAnAlternativeInPlaceOfTheOtherLoader() {
        assertThatCode(() -> deploy(Staff.class, OtherStaff.class).close()).doesNotThrowAnyException();
    }

    @Test
    void refusesASecondLoader() {
        assertThatThrownBy(() -> deploy(Staff.class, FinalStaff.class))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("2 beans of the type CurrentUserLoader")
                .hasMessageContaining(Staff.class.getName())
                .hasMessageContaining(FinalStaff.class.getName());
    }

    @Test
    @Tag("P-22")
    void refusesToLookUsersUpWhereNobodyKnowsThem() {
        System.setProperty(RELOAD, "PT1M");

        assertThatThrownBy(PosternExtensionTest::deploy)
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("postern.user.reload-every")
                .hasMessageContaining("dev.postern.CurrentUserLoader");
        assertThatCode(() -> deploy(Staff.class).close()).doesNotThrowAnyException();
    }

    @Test
    @Tag("A14")
    void servesOneWebModuleOfAnArchiveAndRefusesTheNext() {
        PosternExtension extension = new PosternExtension();
        Settings settings = new CoreSettingsReader(new ConfigValues(name -> Optional.empty())).read();
        DeployedApplication shop = new DeployedApplication("ear", "shop", "/shop", Optional.empty());

        try (SeContainer container = deploy()) {
            extension.started(shop, settings, container.select(Object.class));
            extension.started(shop, settings, container.select(Object.class));

            assertThatThrownBy(() -> extension.started(
                            new DeployedApplication("ear", "bank", "/bank", Optional.empty()),
                            settings,
                            container.select(Object.class)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("shop and bank")
                    .hasMessageContaining("WEB-INF/lib of each");
            assertThat(extension.deployed()).isEqualTo(shop);
        }
    }

    @Test
    void bindsTheInterceptorOfTheSessionWhereItIsNeededAlone() {
        Bindings bindings = new Bindings();
        deploy(
                        bindings,
                        OfMetadata.class,
                        OfUser.class,
                        OfUserIntercepted.class,
                        OfUserWithAnInterceptedMethod.class,
                        OfUserByStereotype.class,
                        OfNothing.class)
                .close();

        assertThat(bindings.exposed)
                .containsExactlyInAnyOrder(
                        OfMetadata.class,
                        OfUserIntercepted.class,
                        OfUserWithAnInterceptedMethod.class,
                        OfUserByStereotype.class);
    }

    /** Notes which beans have the binding. */
    static class Bindings implements Extension {

        private final Set<Class<?>> exposed = new HashSet<>();

        void note(@Observes ProcessManagedBean<?> bean) {
            if (bean.getAnnotatedBeanClass().isAnnotationPresent(ExposeSession.class)) {
                exposed.add(bean.getAnnotatedBeanClass().getJavaClass());
            }
        }
    }

    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface Traced {}

    @Stereotype
    @Traced
    @Retention(RetentionPolicy.RUNTIME)
    @interface Endpoint {}

    @Path("metadata")
    @RequestScoped
    static class OfMetadata {

        @Inject
        Instance<SessionMetadata> metadata;
    }

    @Path("user")
    @RequestScoped
    static class OfUser {

        @Inject
        Instance<CurrentUser> user;

        @GET
        public String get() {
            return "got";
        }
    }

    @Path("traced")
    @Traced
    @RequestScoped
    static class OfUserIntercepted extends OfUser {}

    @Path("method")
    @RequestScoped
    static class OfUserWithAnInterceptedMethod extends OfUser {

        @Override
        @Traced
        public String get() {
            return "got";
        }
    }

    @Path("stereotype")
    @Endpoint
    @RequestScoped
    static class OfUserByStereotype extends OfUser {}

    @Path("nothing")
    @Traced
    @RequestScoped
    static class OfNothing {}

    private static SeContainer deploy(Class<?>... beans) {
        return deploy(new Bindings(), beans);
    }

    private static SeContainer deploy(Bindings bindings, Class<?>... beans) {
        return SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(new PosternExtension(), bindings)
                .addBeanClasses(Bystander.class)
                .addBeanClasses(beans)
                .initialize();
    }

    /** A container without any bean does not start. */
    @ApplicationScoped
    static class Bystander {}

    static class Person {}

    static class Employee extends Person {}

    static class Manager extends Employee {}

    /** Wants the user each in one of the ways that do not outlive a request. */
    @RequestScoped
    @SuppressWarnings("UnusedVariable") // only injected
    static class Office {

        @Inject
        @Caller
        private @Nullable Manager manager;

        @Inject
        @Caller
        private @Nullable Person person;
    }

    @ApplicationScoped
    @SuppressWarnings("UnusedVariable") // only injected
    static class KeepingOffice {

        @Inject
        @Caller
        private @Nullable Employee employee;

        @Inject
        @Caller
        private Instance<Employee> employees;
    }

    @Singleton
    @SuppressWarnings("UnusedVariable") // only injected
    static class SingleOffice {

        @Inject
        SingleOffice(@Caller @Nullable Employee employee) {}
    }

    @Alternative
    @Priority(1)
    @ApplicationScoped
    static class OtherStaff extends Staff {}

    record FinalEmployee() {}

    @ApplicationScoped
    static class Staff implements CurrentUserLoader<Employee> {

        @Override
        public Optional<Employee> load(String name) {
            return Optional.of(new Employee());
        }

        @Override
        public Set<String> roles(Employee user) {
            return Set.of();
        }
    }

    @ApplicationScoped
    static class FinalStaff implements CurrentUserLoader<FinalEmployee> {

        @Override
        public Optional<FinalEmployee> load(String name) {
            return Optional.of(new FinalEmployee());
        }

        @Override
        public Set<String> roles(FinalEmployee user) {
            return Set.of();
        }
    }

    @Singleton
    static class EmployeeProducer {

        @Produces
        static Employee employee() {
            return new Employee();
        }
    }

    @ApplicationScoped
    static class OwnMechanism implements HttpAuthenticationMechanism {

        @Override
        public AuthenticationStatus validateRequest(
                HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
            return AuthenticationStatus.NOT_DONE;
        }
    }

    @Alternative
    @Priority(1)
    @ApplicationScoped
    static class OtherMechanism extends OwnMechanism {}

    @Alternative
    @Priority(Integer.MAX_VALUE)
    @ApplicationScoped
    static class UsurpingMechanism extends OwnMechanism {}

    @RememberMe
    @ApplicationScoped
    static class RememberingMechanism extends OwnMechanism {}

    @RememberMe(isRememberMeExpression = "#{self.asks}")
    @ApplicationScoped
    static class DecidingMechanism extends OwnMechanism {}

    /** What the mechanism gets injected once it is asked. */
    @Singleton
    static class Parts {
        @Produces
        static @Nullable RequestAuthenticator requestAuthenticator() {
            return null;
        }

        @Produces
        static @Nullable CredentialSignIn credentialSignIn() {
            return null;
        }

        @Produces
        static @Nullable SignOut signOut() {
            return null;
        }

        @Produces
        static @Nullable EndpointPaths endpointPaths() {
            return null;
        }

        @Produces
        static @Nullable PassiveRequests passiveRequests() {
            return null;
        }

        @Produces
        static @Nullable CrossSiteGuard crossSiteGuard() {
            return null;
        }

        @Produces
        static @Nullable TokenTransport tokenTransport() {
            return null;
        }

        @Produces
        static @Nullable ApplicationMechanism applicationMechanism() {
            return null;
        }
    }

    @Singleton
    static class MechanismProducer {

        @Produces
        @Singleton
        static HttpAuthenticationMechanism mechanism() {
            return new OwnMechanism();
        }
    }
}
