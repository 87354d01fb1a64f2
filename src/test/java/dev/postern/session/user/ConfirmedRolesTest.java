package dev.postern.session.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Principal;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConfirmedRolesTest {

    private final ConfirmedRoles roles = new ConfirmedRoles();
    private final AtomicInteger asked = new AtomicInteger();
    private final Principal ann = roles.principal(() -> named("ann"));

    @Test
    void haveOnePrincipalForAsLongAsTheyLast() {
        assertThat(roles.principal(() -> named("other"))).isSameAs(ann);
    }

    @Test
    void rememberAYes() {
        assertThat(include("shop", "clerk", true)).isTrue();
        assertThat(include("shop", "clerk", false)).isTrue();
        assertThat(asked).hasValue(1);
    }

    @Test
    void askAgainAfterANo() {
        assertThat(include("shop", "clerk", false)).isFalse();
        assertThat(include("shop", "clerk", true)).isTrue();
        assertThat(asked).hasValue(2);
    }

    @Test
    void askForEachRoleAndEachServlet() {
        assertThat(include("shop", "clerk", true)).isTrue();
        assertThat(include("shop", "manager", false)).isFalse();
        assertThat(include("office", "clerk", false)).isFalse();
    }

    @Test
    void askForEveryOtherPrincipalAlsoOfTheSameName() {
        assertThat(include("shop", "clerk", true)).isTrue();

        assertThat(roles.include(named("ann"), "shop", "clerk", () -> false)).isFalse();
        assertThat(roles.include(null, "shop", "clerk", () -> false)).isFalse();
    }

    @Test
    void rememberNothingOfAPrincipalThatIsNotTheirs() {
        assertThat(roles.include(named("bob"), "shop", "clerk", () -> true)).isTrue();

        assertThat(include("shop", "clerk", false)).isFalse();
    }

    @Test
    void areBounded() {
        for (int role = 0; role < 2 * ConfirmedRoles.MOST; role++) {
            assertThat(include("shop", "role" + role, true)).isTrue();
        }

        assertThat(include("shop", "role0", false)).isTrue();
        assertThat(include("shop", "role" + ConfirmedRoles.MOST, false)).isFalse();
    }

    private boolean include(String servlet, String role, boolean isInRole) {
        return roles.include(ann, servlet, role, () -> {
            asked.incrementAndGet();
            return isInRole;
        });
    }

    private static Principal named(String name) {
        return () -> name;
    }
}
