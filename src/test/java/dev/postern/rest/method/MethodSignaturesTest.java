package dev.postern.rest.method;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.rest.access.AccessRule;
import dev.postern.rest.access.AccessRules;
import dev.postern.rest.access.SubResourceLocators;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("A1")
class MethodSignaturesTest {

    @Test
    void typeVariablesAreWhatTheClassPutsInTheirPlace() {
        assertThat(new MethodSignatures(Closed.class).of(method(Crud.class, "create", Object.class)))
                .containsExactly(String.class);
        assertThat(new MethodSignatures(Lists.class).of(method(Crud.class, "create", Object.class)))
                .containsExactly(List.class);
        assertThat(new MethodSignatures(Lists.class).of(method(Crud.class, "all", Object[].class)))
                .containsExactly(List[].class);
        assertThat(new MethodSignatures(Crud.class).of(method(Crud.class, "create", Object.class)))
                .containsExactly(Object.class);
    }

    @Test
    void bridgeLeadsToTheMethodThatOverrides() {
        Method bridge = Stream.of(Overriding.class.getDeclaredMethods())
                .filter(Method::isBridge)
                .findFirst()
                .orElseThrow();
        assertThat(new MethodSignatures(Overriding.class).of(bridge)).containsExactly(String.class);
        assertThat(AccessRules.of(Overriding.class, bridge)).isEqualTo(AccessRule.anyOf("clerk"));
    }

    @Test
    void overloadDoesNotHideTheRoleOfItsClass() {
        Method inherited = method(Crud.class, "create", Object.class);
        assertThat(AccessRules.of(Closed.class, inherited)).isEqualTo(AccessRule.CLOSED);
        assertThat(AccessRules.of(Closed.class, method(Closed.class, "create", StringBuilder.class)))
                .isEqualTo(AccessRule.OPEN);
        assertThat(AccessRules.of(Lists.class, inherited)).isEqualTo(AccessRule.anyOf("manager"));
    }

    @Test
    void overloadDoesNotRestrictAnImplementedMethod() {
        Method implemented = method(Finding.class, "find", Object.class);
        assertThat(AccessRules.of(Finder.class, implemented)).isEqualTo(AccessRule.UNDECLARED);
    }

    @Test
    void annotatedLocatorThatOverloadsAResourceMethodStopsTheDeployment() {
        assertThat(SubResourceLocators.faults(Finder.class)).hasSize(1);
        assertThat(SubResourceLocators.rule(Finder.class)).isEqualTo(AccessRule.CLOSED);
    }

    @Test
    void typeArgumentsOfTheOuterClassAreSeen() {
        Method inherited = method(Outer.Inner.class, "find", Object.class);
        assertThat(new MethodSignatures(OfOuter.class).of(inherited)).containsExactly(String.class);
        assertThat(AccessRules.of(OfOuter.class, method(OfOuter.class, "find", String.class)))
                .isEqualTo(AccessRule.CLOSED);
    }

    @Test
    void whatARawTypeInheritsIsErased() {
        assertThat(AccessRules.of(Raw.class, method(Raw.class, "find", Number.class)))
                .isEqualTo(AccessRule.CLOSED);
    }

    @Test
    void staticMethodSaysWhoMayCallIt() {
        assertThat(AccessRules.of(Statics.class, method(Statics.class, "closed")))
                .isEqualTo(AccessRule.CLOSED);
        assertThat(AccessRules.of(Statics.class, method(Statics.class, "clerk")))
                .isEqualTo(AccessRule.anyOf("clerk"));
        assertThat(SubResourceLocators.faults(Statics.class)).hasSize(1);
    }

    private static Method method(Class<?> type, String name, Class<?>... parameters) {
        try {
            return type.getDeclaredMethod(name, parameters);
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    abstract static class Crud<T> {

        @POST
        public String create(T body) {
            return body.toString();
        }

        public String all(T[] bodies) {
            return bodies[0].toString();
        }
    }

    @DenyAll
    static class Closed extends Crud<String> {

        @PermitAll
        public String create(StringBuilder draft) {
            return draft.toString();
        }
    }

    @RolesAllowed("manager")
    static class Middle<K, V> extends Crud<V> {

        public String keyed(Map<K, V> entries) {
            return entries.toString();
        }
    }

    static class Lists extends Middle<Set<String>, List<String>> {

        @PermitAll
        public String create(Set<String> draft) {
            return draft.toString();
        }
    }

    static class Overriding extends Crud<String> {

        @Override
        @RolesAllowed("clerk")
        public String create(String body) {
            return body;
        }

        @PermitAll
        public String create(StringBuilder draft) {
            return draft.toString();
        }
    }

    interface Finding<T> {

        @GET
        String find(T body);
    }

    static class Finder implements Finding<Integer> {

        @Override
        public String find(Integer body) {
            return body.toString();
        }

        @Path("{id}")
        @RolesAllowed("clerk")
        public Object find(String id) {
            return id;
        }
    }

    static class Outer<T> {

        class Inner {

            @DenyAll
            public String find(T body) {
                return body.toString();
            }
        }
    }

    static class OfOuter extends Outer<String>.Inner {

        OfOuter(Outer<String> outer) {
            outer.super();
        }

        @Override
        @GET
        public String find(String body) {
            return body;
        }
    }

    interface Numbers<T extends Number> {

        @DenyAll
        String find(T number);
    }

    abstract static class Integers<T extends Integer> implements Numbers<T> {}

    @SuppressWarnings("rawtypes")
    static class Raw extends Integers {

        @Override
        @GET
        public String find(Number number) {
            return number.toString();
        }
    }

    static class Statics {

        @GET
        @DenyAll
        public static String closed() {
            return "";
        }

        @GET
        @RolesAllowed("clerk")
        public static String clerk() {
            return "";
        }

        @Path("located")
        @DenyAll
        public static Object located() {
            return "";
        }
    }
}
