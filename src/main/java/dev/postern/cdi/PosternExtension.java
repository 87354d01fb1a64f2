package dev.postern.cdi;

import dev.postern.CurrentUser;
import dev.postern.ExposeSession;
import dev.postern.cdi.application.DeployedApplication;
import dev.postern.cdi.application.ExposedResources;
import dev.postern.cdi.application.ModuleClasses;
import dev.postern.cdi.application.WebDescriptors;
import dev.postern.cdi.settings.Settings;
import dev.postern.cdi.settings.SettingsLoader;
import dev.postern.http.SessionMechanism;
import dev.postern.http.server.OpenLiberty;
import dev.postern.rest.check.IgnoredAnnotations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessBean;
import jakarta.enterprise.inject.spi.ProcessBeanAttributes;
import jakarta.enterprise.inject.spi.ProcessInjectionPoint;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.inject.spi.ProcessSessionBean;
import jakarta.enterprise.inject.spi.WithAnnotations;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.RememberMe;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Checks the application while it is deployed. Impossible settings stop the deployment, and so do several
 * authentication mechanisms.
 *
 * <p>The extension reads the settings itself, because there is no servlet context yet. Once a web module starts, its
 * own settings replace them ({@link #started(DeployedApplication, Settings, Instance)}).
 *
 * <p>For the deployment's thread; its results are safe to share afterwards.
 */
public class PosternExtension implements Extension {

    /** The attribute of the servlet context which shows that the initializer ran. */
    public static final String IS_INITIALIZED = "dev.postern.initialized";

    private static final String LEFT_OUT = "The server has not started Postern with this web application: the"
            + " <absolute-ordering> of its web.xml leaves the jar out. Add <name>postern</name> or <others/> to it.";

    private static final String TWO_WAYS_IN = "postern.endpoints.login-page is true, and this application has an"
            + " authentication mechanism of its own, which asks for credentials in its own way: remove one of the two.";

    private Optional<Settings> settings = Optional.empty();
    private final AtomicReference<@Nullable Started> started = new AtomicReference<>();
    private final Set<Class<?>> marked = new LinkedHashSet<>();
    private final Set<Class<?>> enterprise = new LinkedHashSet<>();
    private final MechanismBeans mechanisms = new MechanismBeans();
    private final UserLoaderBeans users = new UserLoaderBeans();
    private final List<Exception> problems = new ArrayList<>();

    /** A web module that has started: its place, its settings, and the beans as it sees them. */
    private record Started(DeployedApplication deployed, Settings settings, Instance<Object> beans) {}

    void readSettings(@Observes BeforeBeanDiscovery event) {
        try {
            settings = Optional.of(SettingsLoader.read());
            addOptionalBeans(event, settings().web().isMechanismOn());
        } catch (SettingsLoader.SettingsException e) {
            problems.add(e);
        }
    }

    private static void addOptionalBeans(BeforeBeanDiscovery event, boolean isMechanismOn) {
        OptionalBeans.present(PosternExtension.class.getClassLoader(), isMechanismOn)
                .forEach(type -> event.addAnnotatedType(type, type.getName()).add(OptionalBeans.SCOPE));
    }

    void leaveOutMechanism(@Observes ProcessAnnotatedType<SessionMechanism> type) {
        if (settings.isPresent() && !settings.get().web().isMechanismOn()) {
            type.veto();
        }
    }

    /** Open Liberty looks the mechanism up by its class, which no client proxy can have (OL-01). */
    void nameMechanism(@Observes ProcessBeanAttributes<SessionMechanism> event) {
        if (OpenLiberty.isHere()) {
            event.configureBeanAttributes().addType(SessionMechanism.class).scope(Singleton.class);
        }
    }

    void leaveOutSecurityContext(@Observes ProcessAnnotatedType<CheckedSecurityContext> type) {
        if (settings.isPresent() && !settings.get().web().isMechanismOn()) {
            type.veto();
        }
    }

    /**
     * Takes {@link RememberMe} off a mechanism of the application: the server would let in whom it remembers, although
     * the session has been ended (JS-02). Postern remembers the sign-in instead.
     */
    <T extends HttpAuthenticationMechanism> void remember(
            @Observes @WithAnnotations(RememberMe.class) ProcessAnnotatedType<T> type) {
        if (settings.isPresent() && settings.get().web().isMechanismOn()) {
            RememberMe remember = type.getAnnotatedType().getAnnotation(RememberMe.class);
            type.configureAnnotatedType().remove(annotation -> annotation.annotationType() == RememberMe.class);
            mechanisms.noteRemembering(type.getAnnotatedType().getJavaClass(), remember);
        }
    }

    /**
     * Binds the session's interceptor to the resources that need it. For all other resources {@code
     * MetadataResponseFilter} saves the changes.
     */
    void expose(
            @Observes @WithAnnotations({Inject.class, Path.class}) ProcessAnnotatedType<?> type, BeanManager beans) {
        if (ExposedResources.include(
                type.getAnnotatedType(), each -> beans.isInterceptorBinding(each) || beans.isStereotype(each))) {
            type.configureAnnotatedType().add(ExposeSession.Literal.INSTANCE);
        }
    }

    void addLoadedUser(@Observes AfterBeanDiscovery event, BeanManager manager) {
        users.addTo(event, manager, () -> bean(CurrentUser.class));
    }

    void noteInjection(@Observes ProcessInjectionPoint<?, ?> event) {
        InjectionPoint point = event.getInjectionPoint();
        if (ModuleClasses.include(point.getMember().getDeclaringClass())) {
            users.note(point);
        }
    }

    /**
     * Takes note of beans while they are discovered: on Payara the bean manager shows a jar of the WAR no beans of the
     * WAR.
     */
    void noteBean(@Observes ProcessBean<?> event) {
        Bean<?> bean = event.getBean();
        if (!ModuleClasses.include(bean.getBeanClass())) { // of another WAR in the same EAR
            return;
        }
        users.note(bean);
        noteAnnotations(event);
        mechanisms.note(bean);
    }

    private void noteAnnotations(ProcessBean<?> event) {
        Class<?> type = event.getBean().getBeanClass();
        try {
            mechanisms.noteDefinition(type);
            if (event instanceof ProcessSessionBean<?>) {
                enterprise.add(type);
            } else if (event instanceof ProcessManagedBean<?> && IgnoredAnnotations.isMarked(type)) {
                marked.add(type);
            }
        } catch (LinkageError incomplete) { // a class that cannot be loaded is never called
            marked.remove(type);
        }
    }

    void check(@Observes AfterDeploymentValidation event, BeanManager manager) {
        if (settings.isPresent() && settings.get().web().isMechanismOn()) {
            mechanisms.choose(manager).ifPresent(problems::add);
            if (mechanisms.own().isPresent() && settings.get().web().endpoints().hasLoginPage()) {
                problems.add(new DeploymentException(TWO_WAYS_IN));
            }
            if (WebDescriptors.leaveOutJarOf(PosternExtension.class)) { // Payara starts no observer with the context
                problems.add(new DeploymentException(LEFT_OUT));
            }
        }
        users.problem(settings.isPresent()
                        && settings.get().users().reloadEvery().isPresent())
                .ifPresent(problems::add);
        problems.forEach(event::addDeploymentProblem);
    }

    /**
     * Stops the start of a web module whose server did not call the jar's initializer: it would have neither the filter
     * nor sessions.
     *
     * @param source the {@code ServletContext} of a web module; another object for other modules
     */
    void checkInitialized(@Observes @Initialized(ApplicationScoped.class) Object source) {
        if (source instanceof ServletContext context
                && ModuleClasses.isSharedWith(context.getClassLoader())
                && settings.isPresent()
                && settings.get().web().isMechanismOn()
                && context.getAttribute(IS_INITIALIZED) == null) {
            throw new IllegalStateException(LEFT_OUT);
        }
    }

    /**
     * The settings: those of the web module once it has started. Only called if the deployment goes on, so there are
     * settings.
     */
    public Settings settings() {
        return Optional.ofNullable(started.get()).map(Started::settings).orElseGet(settings::orElseThrow);
    }

    /**
     * Remembers the web module that starts, with its settings, and the beans as the application sees them.
     *
     * @throws IllegalStateException if another web module shares this copy of the jar and has started
     */
    public void started(DeployedApplication deployed, Settings own, Instance<Object> beans) {
        Started next = new Started(deployed, own, beans);
        Started before = started.getAndUpdate(known -> known == null ? next : known);
        if (before != null && !before.deployed().equals(deployed)) {
            throw new IllegalStateException("Postern's jar is shared by several web modules of this EAR, "
                    + before.deployed().module() + " and " + deployed.module()
                    + ", whose sessions it could not tell apart. Put the jar, and Hazelcast's, into WEB-INF/lib of each"
                    + " web module that needs it, instead of the EAR's lib directory.");
        }
    }

    /** Where the application is deployed. Only called after its start. */
    public DeployedApplication deployed() {
        return known().deployed();
    }

    /**
     * Looks up a bean for the beans that the extension adds: on Payara these get the extension injected, and no bean of
     * the application.
     */
    public <T> T bean(Class<T> type) {
        return known().beans().select(type).get();
    }

    /**
     * The beans as the application's own classes get them injected, with the alternatives that its {@code beans.xml}
     * enables.
     */
    public Instance<Object> beans() {
        return known().beans();
    }

    private Started known() {
        return Optional.ofNullable(started.get()).orElseThrow(() -> new IllegalStateException(LEFT_OUT));
    }

    /** One sentence for each class with a security annotation that nothing reads. */
    public List<String> ignoredAnnotations(ServletContext context) {
        return IgnoredAnnotations.sentences(context, marked, enterprise);
    }

    /** The authentication mechanism that the application brings beside ours, as a bean; empty if it brings none. */
    public Optional<Bean<?>> ownMechanism() {
        return mechanisms.own();
    }

    /** Whether that mechanism is the server's own for OpenID Connect. */
    public boolean isOwnMechanismOpenId() {
        return mechanisms.isOpenId();
    }

    /** Whether that mechanism carries {@link RememberMe}. */
    public boolean isOwnMechanismRemembering() {
        return mechanisms.isRemembering();
    }
}
