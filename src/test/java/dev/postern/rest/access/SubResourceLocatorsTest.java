package dev.postern.rest.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Fresh;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("A1")
public class SubResourceLocatorsTest {

    private static final AccessRule CLERK = AccessRule.anyOf("clerk");

    @Test
    void demandWhatTheirClassDemands() {
        assertThat(SubResourceLocators.rule(Plain.class)).isEqualTo(AccessRule.UNDECLARED);
        assertThat(SubResourceLocators.rule(Ruled.class))
                .isEqualTo(CLERK.with(Freshness.within(Duration.ofMinutes(5))));
        assertThat(SubResourceLocators.rule(ImplementsApi.class)).isEqualTo(CLERK);
    }

    @Test
    void demandAllThatStandsAboveAClassThatShowsNone() {
        assertThat(SubResourceLocators.rule(WithoutLocators.class))
                .isEqualTo(CLERK.with(Freshness.within(Duration.ofMinutes(5))));
    }

    @Test
    void areFaultsWhereTheyCarryAnAnnotation() {
        assertThat(SubResourceLocators.faults(Annotated.class))
                .containsExactly("The method " + Annotated.class.getName()
                        + ".leaf is a sub-resource locator and carries an annotation that says who may call it, which"
                        + " holds for no locator: annotate its class, or the sub-resource.");
        assertThat(SubResourceLocators.faults(AnnotatedFresh.class)).hasSize(1);
        assertThat(SubResourceLocators.faults(AnnotatedImplementation.class)).hasSize(1);
        assertThat(SubResourceLocators.faults(Tagged.class)).hasSize(1);
    }

    @Test
    void leadNowhereWhereOneCarriesAnAnnotation() {
        assertThat(SubResourceLocators.rule(Annotated.class)).isEqualTo(AccessRule.CLOSED);
        assertThat(SubResourceLocators.rule(AnnotatedImplementation.class)).isEqualTo(AccessRule.CLOSED);
    }

    /** Jersey's builder makes a locator of any method. */
    @Test
    void leadNowhereWhereAProgramMayHaveMadeOneOfAnAnnotatedMethod() {
        assertThat(SubResourceLocators.rule(ByProgram.class)).isEqualTo(AccessRule.CLOSED);
        assertThat(SubResourceLocators.rule(HeirOfByProgram.class)).isEqualTo(AccessRule.CLOSED);
        assertThat(SubResourceLocators.rule(FreshByProgram.class)).isEqualTo(AccessRule.CLOSED);
        assertThat(SubResourceLocators.rule(RuledByProgram.class)).isEqualTo(CLERK);
        assertThat(SubResourceLocators.faults(ByProgram.class)).isEmpty();
    }

    @Test
    void areNoMethodsThatAnswerRequests() {
        assertThat(SubResourceLocators.faults(Methods.class)).isEmpty();
        assertThat(SubResourceLocators.faults(ImplementsMethods.class)).isEmpty();
        assertThat(SubResourceLocators.rule(Methods.class)).isEqualTo(AccessRule.UNDECLARED);
    }

    public static class Leaf {}

    public static class ByProgram {
        @DenyAll
        public Leaf leaf() {
            return new Leaf();
        }
    }

    public static class HeirOfByProgram extends ByProgram {
        @Override
        public Leaf leaf() {
            return new Leaf();
        }
    }

    public static class FreshByProgram {
        @Fresh(within = "PT5M")
        public Leaf leaf() {
            return new Leaf();
        }
    }

    @RolesAllowed("clerk")
    public static class RuledByProgram {
        public Leaf leaf() {
            return new Leaf();
        }
    }

    public static class Plain {
        @Path("leaf")
        public Leaf leaf() {
            return new Leaf();
        }
    }

    @RolesAllowed("clerk")
    @Fresh(within = "PT5M")
    public static class Ruled extends Plain {}

    public static class WithoutLocators extends Ruled {
        @Override
        @GET
        public Leaf leaf() {
            return new Leaf();
        }
    }

    /** Has the path. */
    public interface Api {
        @Path("leaf")
        Leaf leaf();
    }

    @RolesAllowed("clerk")
    public static class ImplementsApi implements Api {
        @Override
        public Leaf leaf() {
            return new Leaf();
        }
    }

    public static class AnnotatedImplementation implements Api {
        @Override
        @RolesAllowed("clerk")
        public Leaf leaf() {
            return new Leaf();
        }
    }

    public static class Annotated {
        @Path("leaf")
        @PermitAll
        public Leaf leaf() {
            return new Leaf();
        }
    }

    public static class AnnotatedFresh {
        @Path("leaf")
        @Fresh(within = "PT5M")
        public Leaf leaf() {
            return new Leaf();
        }
    }

    public static class Tagged {
        @Path("leaf")
        @SecurityAnnotationsTest.ClerksOnly
        public Leaf leaf() {
            return new Leaf();
        }
    }

    public static class Methods {
        @GET
        @Path("get")
        @RolesAllowed("clerk")
        public Object get() {
            return new Leaf();
        }
    }

    /** Has the method. */
    public interface MethodsApi {
        @GET
        @Path("get")
        Object get();
    }

    public static class ImplementsMethods implements MethodsApi {
        @Override
        @RolesAllowed("clerk")
        public Object get() {
            return new Leaf();
        }
    }
}
