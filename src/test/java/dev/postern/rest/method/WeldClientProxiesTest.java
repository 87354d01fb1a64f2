package dev.postern.rest.method;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.rest.access.AccessRule;
import dev.postern.rest.access.MethodAccess;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.ws.rs.GET;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("A1")
class WeldClientProxiesTest {

    @Test
    void leadToTheObjectThatIsCalled() throws NoSuchMethodException {
        try (SeContainer container = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addBeanClasses(Maker.class)
                .initialize()) {
            Object proxy = container.select(Leaf.class).get();
            assertThat(WeldClientProxies.isProxy(proxy)).isTrue();
            assertThat(WeldClientProxies.target(proxy)).isExactlyInstanceOf(Derived.class);

            MethodAccess access =
                    new MethodAccess(Leaf.class, Leaf.class.getMethod("read"), () -> new AnnotatedClasses(Set.of()));
            assertThat(access.atFirstSight(List.of(proxy))).isEqualTo(AccessRule.UNDECLARED);
            assertThat(access.behindProxies(List.of(proxy))).isEqualTo(AccessRule.anyOf("clerk"));
        }
    }

    @Test
    void areNotMistaken() {
        Object object = new Derived();
        assertThat(WeldClientProxies.isProxy(object)).isFalse();
        assertThat(WeldClientProxies.target(object)).isSameAs(object);
    }

    /** What a bean shows. */
    public interface Leaf {
        @GET
        String read();
    }

    /** What it is. */
    @RolesAllowed("clerk")
    public static class Derived implements Leaf {
        @Override
        public String read() {
            return "";
        }
    }

    public static class Maker {
        @Produces
        @ApplicationScoped
        Leaf leaf() {
            return new Derived();
        }
    }
}
