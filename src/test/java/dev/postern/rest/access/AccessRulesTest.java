package dev.postern.rest.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.postern.rest.SampleResources.ClassBeatsSuperclass;
import dev.postern.rest.SampleResources.Clerks;
import dev.postern.rest.SampleResources.FromApi;
import dev.postern.rest.SampleResources.GenericHeir;
import dev.postern.rest.SampleResources.InheritsFromClerks;
import dev.postern.rest.SampleResources.ManagersFromClerks;
import dev.postern.rest.SampleResources.OpenedApi;
import dev.postern.rest.SampleResources.OpenedClerks;
import dev.postern.rest.SampleResources.OverridesClerks;
import dev.postern.rest.SampleResources.Plain;
import dev.postern.rest.SampleResources.ProxyOfOverridesClerks;
import dev.postern.rest.SampleResources.RuledFromOpenMethod;
import dev.postern.rest.SampleResources.Torn;
import dev.postern.rest.SampleResources.TwoParents;
import java.lang.reflect.Method;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AccessRulesTest {

    private static final AccessRule CLERK = AccessRule.anyOf("clerk");
    private static final AccessRule MANAGER = AccessRule.anyOf("manager");

    @Test
    void saysNothingWhereNothingIsAnnotated() {
        assertThat(rule(Plain.class, "plain")).isEqualTo(AccessRule.UNDECLARED);
    }

    @Test
    void classRulesMethodsThatSayNothing() {
        assertThat(rule(Clerks.class, "plain")).isEqualTo(CLERK);
    }

    @Test
    void methodBeatsItsClass() {
        assertThat(rule(Clerks.class, "open")).isEqualTo(AccessRule.OPEN);
        assertThat(rule(Clerks.class, "closed")).isEqualTo(AccessRule.CLOSED);
        assertThat(rule(Clerks.class, "manager")).isEqualTo(MANAGER);
    }

    @Test
    void inheritedMethodsKeepTheirAnnotations() {
        assertThat(rule(InheritsFromClerks.class, "open")).isEqualTo(AccessRule.OPEN);
        assertThat(rule(InheritsFromClerks.class, "closed")).isEqualTo(AccessRule.CLOSED);
        assertThat(rule(ManagersFromClerks.class, "open")).isEqualTo(AccessRule.OPEN);
    }

    @Test
    void superclassRulesWhereTheClassSaysNothing() {
        assertThat(rule(InheritsFromClerks.class, "plain")).isEqualTo(CLERK);
        assertThat(rule(OverridesClerks.class, "plain")).isEqualTo(CLERK);
    }

    @Test
    void overridingWithoutAWordKeepsTheOverriddenRule() {
        assertThat(rule(OverridesClerks.class, "manager")).isEqualTo(MANAGER);
        assertThat(rule(OverridesClerks.class, "open")).isEqualTo(AccessRule.OPEN);
    }

    @Test
    void aMethodNobodyOverridesAnswersToBothClasses() {
        assertThat(rule(ManagersFromClerks.class, "plain")).isEqualTo(CLERK.and(MANAGER));
        assertThat(rule(OpenedClerks.class, "plain")).isEqualTo(CLERK);
    }

    @Test
    void classBeatsTheSuperclassForWhatItDeclares() {
        assertThat(rule(ClassBeatsSuperclass.class, "plain")).isEqualTo(MANAGER);
        assertThat(rule(OpenedClerks.class, "own")).isEqualTo(AccessRule.OPEN);
    }

    @Test
    void classAndOverriddenMethodBothCount() {
        assertThat(rule(ClassBeatsSuperclass.class, "closed")).isEqualTo(AccessRule.CLOSED.and(MANAGER));
        assertThat(rule(RuledFromOpenMethod.class, "open")).isEqualTo(MANAGER);
    }

    @Test
    void interfacesRuleWhatImplementsThemSilently() {
        assertThat(rule(FromApi.class, "byType")).isEqualTo(CLERK);
        assertThat(rule(FromApi.class, "open")).isEqualTo(AccessRule.OPEN);
    }

    @Test
    void defaultMethodsAreRuledByTheirInterface() {
        assertThat(rule(FromApi.class, "byDefault")).isEqualTo(CLERK);
    }

    @Test
    void openClassOpensWhatOnlyTheInterfaceTypeRestricts() {
        assertThat(rule(OpenedApi.class, "byType")).isEqualTo(AccessRule.OPEN);
        assertThat(rule(OpenedApi.class, "generic")).isEqualTo(MANAGER);
    }

    @Test
    void findsTheRuleThroughTypeParameters() {
        assertThat(rule(FromApi.class, "generic")).isEqualTo(MANAGER);
        assertThat(rule(GenericHeir.class, "generic")).isEqualTo(MANAGER);
    }

    @Test
    void bridgeMethodsHaveTheRuleOfWhatTheyCall() {
        Method bridge = Stream.of(FromApi.class.getDeclaredMethods())
                .filter(Method::isBridge)
                .findFirst()
                .orElseThrow();
        assertThat(AccessRules.of(FromApi.class, bridge)).isEqualTo(MANAGER);
    }

    @Test
    void twoParentsBothCount() {
        assertThat(rule(TwoParents.class, "byType")).isEqualTo(CLERK.and(MANAGER));
    }

    @Test
    void overloadsAreNotMistakenForEachOther() throws NoSuchMethodException {
        assertThat(AccessRules.of(Clerks.class, Clerks.class.getMethod("overloaded", String.class)))
                .isEqualTo(AccessRule.OPEN);
        assertThat(AccessRules.of(Clerks.class, Clerks.class.getMethod("overloaded", Object.class)))
                .isEqualTo(CLERK);
    }

    @Test
    void proxiesHaveTheRulesOfTheirClass() {
        assertThat(rule(ProxyOfOverridesClerks.class, "open")).isEqualTo(AccessRule.OPEN);
        assertThat(rule(ProxyOfOverridesClerks.class, "plain")).isEqualTo(CLERK);
        assertThat(rule(ProxyOfOverridesClerks.class, "manager")).isEqualTo(MANAGER);
    }

    @Test
    void refusesContradictions() {
        assertThatIllegalStateException().isThrownBy(() -> rule(Torn.class, "torn"));
    }

    private static AccessRule rule(Class<?> type, String name) {
        Method method = Stream.of(type.getMethods())
                .filter(each -> each.getName().equals(name) && !each.isBridge())
                .findFirst()
                .orElseThrow();
        return AccessRules.of(type, method);
    }
}
