package dev.postern.rest.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AccessRuleTest {

    @Test
    @Tag("P-123")
    void admitsWhoeverHasOneOfTheRoles() {
        AccessRule either = AccessRule.anyOf("clerk", "manager");
        assertThat(either.admits("clerk"::equals)).isTrue();
        assertThat(either.admits("manager"::equals)).isTrue();
        assertThat(either.admits("customer"::equals)).isFalse();
    }

    @Test
    void admitsNobodyWithoutRoles() {
        assertThat(AccessRule.CLOSED.admits(role -> true)).isFalse();
        assertThat(AccessRule.anyOf()).isEqualTo(AccessRule.CLOSED);
    }

    @Test
    void admitsEverybodyWhenOpenOrUndeclared() {
        assertThat(AccessRule.OPEN.admits(role -> false)).isTrue();
        assertThat(AccessRule.UNDECLARED.admits(role -> false)).isTrue();
    }

    @Test
    void restrictsOnlyWhereSomebodyIsKeptOut() {
        assertThat(AccessRule.OPEN.restricts()).isFalse();
        assertThat(AccessRule.UNDECLARED.restricts()).isFalse();
        assertThat(AccessRule.CLOSED.restricts()).isTrue();
        assertThat(AccessRule.anyOf("clerk").restricts()).isTrue();
    }

    @Test
    void togetherDemandsARoleOfEach() {
        AccessRule both = AccessRule.anyOf("clerk").and(AccessRule.anyOf("manager"));
        assertThat(both.admits("clerk"::equals)).isFalse();
        assertThat(both.admits("manager"::equals)).isFalse();
        assertThat(both.admits(Set.of("clerk", "manager")::contains)).isTrue();
    }

    @Test
    void staysClosedTogetherWithAnything() {
        assertThat(AccessRule.CLOSED.and(AccessRule.OPEN).admits(role -> true)).isFalse();
        assertThat(AccessRule.anyOf("clerk").and(AccessRule.CLOSED).admits(role -> true))
                .isFalse();
    }

    @Test
    void staysRestrictedTogetherWithOpen() {
        AccessRule clerk = AccessRule.anyOf("clerk");
        assertThat(AccessRule.OPEN.and(clerk)).isEqualTo(clerk);
        assertThat(clerk.and(AccessRule.UNDECLARED)).isEqualTo(clerk);
    }

    @Test
    void isDeclaredAsSoonAsOneSideIs() {
        assertThat(AccessRule.UNDECLARED.and(AccessRule.OPEN)).isEqualTo(AccessRule.OPEN);
        assertThat(AccessRule.UNDECLARED.and(AccessRule.UNDECLARED)).isEqualTo(AccessRule.UNDECLARED);
    }

    @Test
    void namingARoleTwiceChangesNothing() {
        assertThat(AccessRule.anyOf("clerk", "clerk")).isEqualTo(AccessRule.anyOf("clerk"));
    }
}
