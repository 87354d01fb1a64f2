package dev.postern.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import org.junit.jupiter.api.Test;

class SecurityAnnotationsTest {

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
