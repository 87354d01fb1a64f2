package dev.postern.it.roles;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** The three ways in which an application names its resources. */
public final class RoleApplications {

    private static final Set<Class<?>> ALL = Set.of(
            Visits.class,
            ByClass.class,
            ByMethod.class,
            Asynchronous.class,
            Scoped.PerRequest.class,
            Scoped.PerApplication.class,
            EnterpriseBean.class,
            Inherited.FromInterface.class,
            Inherited.FromSuperclass.class,
            Inherited.Opened.class,
            Located.Root.class,
            Located.RuledRoot.class,
            Located.BeanRoot.class,
            MapsEverything.class);

    private RoleApplications() {}

    /** Names nothing: the server scans. */
    @ApplicationPath("scanned")
    public static class Scanned extends Application {}

    /** Names its classes. */
    @ApplicationPath("listed")
    public static class Listed extends Application {

        @Override
        public Set<Class<?>> getClasses() {
            return ALL;
        }
    }

    /** Makes its resources itself. */
    @ApplicationPath("singletons")
    public static class Singletons extends Application {

        @Override
        @SuppressWarnings("deprecation") // still in use, and so still to be guarded
        public Set<Object> getSingletons() {
            return Set.of(new ByClass(), new ByMethod(), new Located.Root(), new MapsEverything());
        }
    }
}
