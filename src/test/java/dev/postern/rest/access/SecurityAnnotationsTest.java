package dev.postern.rest.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.postern.Fresh;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

public class SecurityAnnotationsTest {

    @Test
    void readsOneElementOnly() throws NoSuchMethodException {
        assertThat(SecurityAnnotations.on(Fine.class)).isEqualTo(AccessRule.anyOf("clerk"));
        assertThat(SecurityAnnotations.on(Fine.class.getMethod("open"))).isEqualTo(AccessRule.OPEN);
        assertThat(SecurityAnnotations.on(Fine.class.getMethod("closed"))).isEqualTo(AccessRule.CLOSED);
        assertThat(SecurityAnnotations.on(Fine.class.getMethod("bare"))).isEqualTo(AccessRule.UNDECLARED);
    }

    @Test
    void findsNoFaultWithOneAnnotationForEachElement() {
        assertThat(SecurityAnnotations.faults(Fine.class)).isEmpty();
    }

    @Test
    void namesTheMethodThatCarriesTwo() {
        assertThat(SecurityAnnotations.faults(TwoOnMethod.class))
                .containsExactly("The method " + TwoOnMethod.class.getName()
                        + ".both carries @RolesAllowed and @PermitAll: keep one of them.");
    }

    @Test
    void namesTheClassThatCarriesThree() {
        assertThat(SecurityAnnotations.faults(ThreeOnClass.class))
                .containsExactly("The class " + ThreeOnClass.class.getName()
                        + " carries @RolesAllowed and @PermitAll and @DenyAll: keep one of them.");
    }

    @Test
    void findsTheFaultsOfWhatIsInheritedAndOfLocatorsToo() {
        assertThat(SecurityAnnotations.faults(Heir.class)).hasSize(2);
    }

    @Test
    void refusesToReadAnElementThatCarriesTwo() {
        assertThatIllegalStateException()
                .isThrownBy(() -> SecurityAnnotations.on(TwoOnMethod.class.getMethod("both")))
                .withMessageContaining("both carries");
    }

    @Test
    void neverDeclaresEveryUserAsARole() {
        assertThat(SecurityAnnotations.roles(Fine.class)).containsExactlyInAnyOrder("clerk", "manager");
    }

    @Test
    @Tag("A1")
    void readsWhatTheAnnotationsOfAnElementCarry() throws NoSuchMethodException {
        assertThat(SecurityAnnotations.on(Tagged.class)).isEqualTo(AccessRule.anyOf("clerk"));
        assertThat(SecurityAnnotations.on(Tagged.class.getMethod("both")))
                .isEqualTo(AccessRule.anyOf("clerk").and(AccessRule.anyOf("manager")));
        assertThat(SecurityAnnotations.on(Tagged.class.getMethod("own"))).isEqualTo(AccessRule.OPEN);
        assertThat(FreshAnnotations.on(Tagged.class)).isEqualTo(Freshness.within(Duration.ofMinutes(1)));
    }

    /** Carries a role, and itself. */
    @ClerksOnly
    @RolesAllowed("clerk")
    @Fresh(within = "PT1M")
    @Retention(RetentionPolicy.RUNTIME)
    public @interface ClerksOnly {}

    /** Carries a role by one step more. */
    @OfManagers
    @Retention(RetentionPolicy.RUNTIME)
    public @interface ManagersOnly {}

    /** The step. */
    @RolesAllowed("manager")
    @Retention(RetentionPolicy.RUNTIME)
    public @interface OfManagers {}

    @ClerksOnly
    public static class Tagged {
        @ClerksOnly
        @ManagersOnly
        public void both() {}

        @ClerksOnly
        @PermitAll
        public void own() {}
    }

    @RolesAllowed("clerk")
    public static class Fine {
        @PermitAll
        public void open() {}

        @DenyAll
        public void closed() {}

        public void bare() {}

        @RolesAllowed({"manager", "**"})
        public void manager() {}
    }

    public static class TwoOnMethod {
        @PermitAll
        @RolesAllowed("clerk")
        public void both() {}
    }

    @PermitAll
    @DenyAll
    @RolesAllowed("clerk")
    public static class ThreeOnClass {}

    /** An interface with a fault. */
    public interface Faulty {
        @PermitAll
        @DenyAll
        void faulty();
    }

    public static class Heir extends TwoOnMethod implements Faulty {
        @Override
        public void faulty() {}
    }
}
