package dev.postern.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.postern.Fresh;
import dev.postern.HalfWay;
import dev.postern.rest.access.SecurityAnnotationsTest;
import dev.postern.rest.access.SubResourceLocatorsTest;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.ws.rs.GET;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AccessStartupCheckTest {

    private final List<String> declared = new ArrayList<>();
    private final ServletContext context = Answering.with(
            ServletContext.class,
            Map.of(
                    "declareRoles",
                    arguments -> declared.addAll(List.of((String[]) arguments[0])),
                    "setAttribute",
                    arguments -> null));

    @Test
    void acceptsAnApplicationWithoutAnnotations() {
        assertThatCode(() -> new AccessStartupCheck().onStartup(null, context)).doesNotThrowAnyException();
    }

    @Test
    void acceptsOneAnnotationForEachElement() {
        assertThatCode(() -> new AccessStartupCheck().onStartup(Set.of(SampleResources.Clerks.class), context))
                .doesNotThrowAnyException();
    }

    @Test
    void declaresEveryRoleThatAClassOrAMethodNames() {
        new AccessStartupCheck()
                .onStartup(Set.of(SampleResources.Clerks.class, SampleResources.OverridesClerks.class), context);

        assertThat(declared).doesNotHaveDuplicates().contains("clerk");
    }

    @Test
    @Tag("S-15")
    void refusesFreshWhereItHoldsNobodyUp() {
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        new AccessStartupCheck().onStartup(Set.of(FreshServlet.class, FreshSubResource.class), context))
                .withMessageMatching(
                        "\\S+FreshServlet is marked @Fresh, which holds on JAX-RS resources only:[^.]+\\.");
    }

    @Test
    @Tag("A1")
    void acceptsFreshOnWhatResourcesCarryAndImplement() {
        assertThatCode(() -> new AccessStartupCheck().onStartup(Set.of(FreshMarker.class, StepUp.class), context))
                .doesNotThrowAnyException();
    }

    @Test
    @Tag("S-17")
    void refusesHalfWayWhereItHasNoEffect() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new AccessStartupCheck().onStartup(Set.of(HalfWayServlet.class), context))
                .withMessageContaining("HalfWayServlet is marked @HalfWay, which holds on JAX-RS resources only");
    }

    @HalfWay
    static class HalfWayServlet extends HttpServlet {
        private static final long serialVersionUID = 1;
    }

    @Fresh(within = "PT5M")
    interface FreshMarker {}

    @Fresh(within = "PT5M")
    @interface StepUp {}

    @Test
    @Tag("S-15")
    void acceptsFreshOnWhatResourcesExtend() {
        assertThatCode(() -> new AccessStartupCheck().onStartup(Set.of(FreshBase.class, FreshHeir.class), context))
                .doesNotThrowAnyException();
    }

    @Fresh(within = "PT5M")
    abstract static class FreshBase {}

    static class FreshHeir extends FreshBase {
        @GET
        public String pay() {
            return "paid";
        }
    }

    @Fresh(within = "PT5M")
    static class FreshServlet extends HttpServlet {
        private static final long serialVersionUID = 1;
    }

    /** Has no path itself. */
    static class FreshSubResource {

        @GET
        @Fresh(within = "PT5M")
        public String pay() {
            return "paid";
        }
    }

    @Test
    @Tag("A1")
    void refusesAnAnnotatedLocator() {
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        new AccessStartupCheck().onStartup(Set.of(SubResourceLocatorsTest.Annotated.class), context))
                .withMessageContaining("Annotated.leaf is a sub-resource locator");
    }

    @Test
    void refusesTheDeploymentNamingEveryFaultOnce() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new AccessStartupCheck()
                        .onStartup(
                                Set.of(SecurityAnnotationsTest.Heir.class, SecurityAnnotationsTest.TwoOnMethod.class),
                                context))
                .withMessageMatching(
                        "The method \\S+Faulty\\.faulty carries @PermitAll and @DenyAll: keep one of them\\. The"
                                + " method \\S+TwoOnMethod\\.both carries @RolesAllowed and @PermitAll: keep one of"
                                + " them\\.");
    }
}
