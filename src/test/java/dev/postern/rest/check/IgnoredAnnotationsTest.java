package dev.postern.rest.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.rest.Answering;
import dev.postern.rest.access.SecurityAnnotationsTest;
import dev.postern.rest.method.AnnotatedClasses;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.decorator.Decorator;
import jakarta.ejb.Stateless;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("C21")
class IgnoredAnnotationsTest {

    private final ServletContext context = Answering.with(
            ServletContext.class,
            Map.of(
                    "getAttribute",
                    any -> new AnnotatedClasses(Set.of(
                            Web.class, Resource.class, Base.class, Contract.class, Enterprise.class, Superior.class))));

    @Test
    void areNamedWithWhatHoldsThere() {
        assertThat(IgnoredAnnotations.sentences(
                        context, Set.of(Service.class, Resource.class), Set.of(ByDescriptor.class)))
                .containsExactly(
                        Service.class.getName()
                                + " carries @RolesAllowed and @DenyAll, which has no effect there. Annotate the"
                                + " JAX-RS resource that calls it, make it an enterprise bean (@Stateless), or ask"
                                + " CurrentUser.hasRole in it.",
                        Web.class.getName()
                                + " carries @RolesAllowed, which has no effect there. Write @ServletSecurity on the"
                                + " servlet, or a security-constraint in web.xml.");
    }

    @Test
    @Tag("A1")
    void areNamedOnApplicationsAndDecorators() {
        assertThat(IgnoredAnnotations.sentences(
                        context, Set.of(Guarding.class, Checking.class), Set.of(ByDescriptor.class)))
                .contains(
                        Guarding.class.getName()
                                + " carries @RolesAllowed, which has no effect there. Annotate the JAX-RS resources,"
                                + " or write a security-constraint for their path in web.xml.",
                        Checking.class.getName()
                                + " carries @DenyAll, which has no effect there. Annotate the class that it"
                                + " decorates.");
    }

    @Test
    void areFoundOnAnnotationsToo() {
        assertThat(IgnoredAnnotations.isMarked(Tagged.class)).isTrue();
        assertThat(IgnoredAnnotations.isMarked(Object.class)).isFalse();
    }

    @RolesAllowed("clerk")
    static class Web extends HttpServlet {
        private static final long serialVersionUID = 1;
    }

    @RolesAllowed("clerk")
    static class Service {
        @DenyAll
        void closed() {}
    }

    @RolesAllowed("clerk")
    static class Base {}

    static class Resource extends Base {
        @GET
        public String read() {
            return "";
        }
    }

    /** Serves resources. */
    @RolesAllowed("clerk")
    static class Guarding extends Application {}

    /** Stands around a resource, and is one by its superclass. */
    @Decorator
    abstract static class Checking extends Resource {
        @Override
        @DenyAll
        public String read() {
            return "";
        }
    }

    /** Nothing calls it itself. */
    @RolesAllowed("clerk")
    interface Contract {}

    @Stateless
    @RolesAllowed("clerk")
    static class Enterprise {}

    @RolesAllowed("clerk")
    static class Superior {}

    static class ByDescriptor extends Superior {}

    @SecurityAnnotationsTest.ClerksOnly
    static class Tagged {}
}
