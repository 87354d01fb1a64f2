package dev.postern.rest.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.rest.method.AnnotatedClasses;
import dev.postern.testing.CapturedLog;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("A1")
class MethodAccessTest {

    private static final AccessRule CLERK = AccessRule.anyOf("clerk");
    private static final AccessRule MANAGER = AccessRule.anyOf("manager");

    @Test
    void judgesByTheClassOfTheObjectWhereTheServerNamesAnInterface() {
        assertThat(rule(Api.class, "read", new Clerks())).isEqualTo(CLERK);
        assertThat(rule(Api.class, "generic", new Clerks())).isEqualTo(MANAGER);
        assertThat(rule(Api.class, "read", new Free())).isEqualTo(AccessRule.UNDECLARED);
    }

    @Test
    void judgesByAnonymousClassesAndLambdas() {
        Leaf anonymous = new Leaf() {
            @Override
            @RolesAllowed("clerk")
            public String read() {
                return "";
            }
        };
        assertThat(rule(Leaf.class, "read", anonymous)).isEqualTo(CLERK);
        assertThat(rule(Leaf.class, "read", (Leaf) () -> "")).isEqualTo(AccessRule.UNDECLARED);
    }

    @Test
    void enforcesTheStricterOfWhatTheServerNamesAndWhatIsCalled() {
        assertThat(rule(RuledApi.class, "read", new Opened())).isEqualTo(CLERK);
    }

    @Test
    void countsTheClassesOnTheWay() {
        assertThat(rule(Free.class, "read", new Free(), new ManagersRoot())).isEqualTo(MANAGER);
        assertThat(rule(Clerks.class, "read", new Clerks(), new ManagersRoot())).isEqualTo(CLERK.and(MANAGER));
    }

    @Test
    void closesWhatTheServerDoesNotName() {
        MethodAccess access = new MethodAccess(null, null, () -> new AnnotatedClasses(Set.of()));
        assertThat(access.atFirstSight(List.of(new Free()))).isEqualTo(AccessRule.CLOSED);
        assertThat(access.atFirstSight(List.of())).isEqualTo(AccessRule.CLOSED);
    }

    @Test
    void closesProxiesOfWhichNothingIsKnown() {
        try (CapturedLog log = CapturedLog.of(MethodAccess.class.getName())) {
            assertThat(rule(Leaf.class, "read", proxy(Leaf.class))).isEqualTo(AccessRule.CLOSED);
            assertThat(log.records()).hasSize(1);
        }
        assertThat(rule(OpenLeaf.class, "read", proxy(OpenLeaf.class))).isEqualTo(AccessRule.OPEN);
    }

    @Test
    void judgesProxiesByTheClassesThatMayStandBehindThem() throws NoSuchMethodException {
        MethodAccess access = new MethodAccess(
                Leaf.class,
                Leaf.class.getMethod("read"),
                () -> new AnnotatedClasses(Set.of(ClerksLeaf.class, ManagersRoot.class, RuledApi.class)));
        assertThat(access.atFirstSight(List.of(proxy(Leaf.class)))).isEqualTo(CLERK);
    }

    /** An enterprise bean is called through a proxy of its interface, and the server names its class. */
    @Test
    void leavesProxiesToTheClassThatTheServerNames() {
        assertThat(rule(ClerksLeaf.class, "read", proxy(Leaf.class))).isEqualTo(CLERK);
        assertThat(rule(Free.class, "read", proxy(Leaf.class))).isEqualTo(AccessRule.UNDECLARED);
    }

    @Test
    void judgesTheLocatorsOfProxiesByTheClassesThatMayStandBehindThem() {
        assertThat(leaf(new AnnotatedClasses(Set.of(ClerksShelf.class, ManagersRoot.class)), proxy(Shelf.class)))
                .isEqualTo(CLERK);
        try (CapturedLog log = CapturedLog.of(MethodAccess.class.getName())) {
            assertThat(leaf(new AnnotatedClasses(Set.of()), proxy(Shelf.class))).isEqualTo(AccessRule.CLOSED);
            assertThat(log.records()).hasSize(1);
        }
    }

    private static AccessRule leaf(AnnotatedClasses known, Object shelf) {
        return new MethodAccess(Free.class, method(Free.class, "read"), () -> known)
                .atFirstSight(List.of(new Free(), shelf));
    }

    private static Object proxy(Class<?> type) {
        return Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> "answer");
    }

    private static AccessRule rule(Class<?> type, String name, Object... innermostFirst) {
        Method method = method(type, name);
        MethodAccess access = new MethodAccess(type, method, () -> new AnnotatedClasses(Set.of()));
        AccessRule rule = access.atFirstSight(List.of(innermostFirst));
        assertThat(access.behindProxies(List.of(innermostFirst))).isEqualTo(AccessRule.UNDECLARED);
        return rule;
    }

    private static Method method(Class<?> type, String name) {
        for (Method each : type.getMethods()) {
            if (each.getName().equals(name) && !each.isBridge()) {
                return each;
            }
        }
        throw new AssertionError(name);
    }

    /** What a generator makes. */
    @Path("api")
    public interface Api<T> {
        @GET
        String read();

        @GET
        String generic(@Nullable T body);
    }

    @RolesAllowed("clerk")
    public static class Clerks implements Api<String> {
        @Override
        public String read() {
            return "";
        }

        @Override
        @RolesAllowed("manager")
        public String generic(@Nullable String body) {
            return "";
        }
    }

    public static class Free implements Api<String> {
        @Override
        public String read() {
            return "";
        }

        @Override
        public String generic(@Nullable String body) {
            return "";
        }
    }

    /** Knows the role itself. */
    @RolesAllowed("clerk")
    public interface RuledApi {
        @GET
        String read();
    }

    @PermitAll
    public static class Opened implements RuledApi {
        @Override
        public String read() {
            return "";
        }
    }

    /** A sub-resource. */
    public interface Leaf {
        @GET
        String read();
    }

    /** One that is open. */
    @PermitAll
    public interface OpenLeaf {
        @GET
        String read();
    }

    @RolesAllowed("clerk")
    public static class ClerksLeaf implements Leaf {
        @Override
        public String read() {
            return "";
        }
    }

    @RolesAllowed("manager")
    public static class ManagersRoot {
        @Path("free")
        public Object free() {
            return new Free();
        }
    }

    /** Has a locator. */
    public interface Shelf {
        @Path("free")
        Object free();
    }

    @RolesAllowed("clerk")
    public static class ClerksShelf implements Shelf {
        @Override
        public Object free() {
            return new Free();
        }
    }
}
