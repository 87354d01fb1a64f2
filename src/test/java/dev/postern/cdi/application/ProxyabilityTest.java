package dev.postern.cdi.application;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ejb.Stateful;
import jakarta.ejb.Stateless;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.SessionScoped;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** To which resources an interceptor is bound: never to one that would keep the application from being deployed. */
class ProxyabilityTest {

    @ParameterizedTest
    @ValueSource(
            classes = {
                Plain.class,
                Scoped.class,
                Enterprise.class,
                Heir.class,
                WithPrivateParts.class,
                OfSession.class,
                OfConversation.class
            })
    void canBeIntercepted(Class<?> type) {
        assertThat(Proxyability.canBeIntercepted(type)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Last.class,
                WithoutConstructor.class,
                WithPrivateConstructor.class,
                WithFinalMethod.class,
                HeirOfFinalMethod.class,
                Interface.class
            })
    void cannotBeIntercepted(Class<?> type) {
        assertThat(Proxyability.canBeIntercepted(type)).isFalse();
    }

    static class Plain {}

    @RequestScoped
    static class Scoped {}

    @Stateless
    static class Enterprise {}

    @ApplicationScoped
    static class Heir extends Plain {}

    static class WithPrivateParts {
        static final void shared() {}

        @SuppressWarnings("unused")
        private final void own() {}
    }

    static final class Last {}

    static class WithoutConstructor {
        WithoutConstructor(String any) {
            assertThat(any).isNotNull();
        }
    }

    static class WithPrivateConstructor {
        private WithPrivateConstructor() {}
    }

    static class WithFinalMethod {
        public final void last() {}
    }

    static class HeirOfFinalMethod extends WithFinalMethod {}

    @SessionScoped
    @SuppressWarnings("serial")
    static class OfSession implements java.io.Serializable {}

    @Stateful
    static class OfConversation {}

    interface Interface {}
}
