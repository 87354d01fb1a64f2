package dev.postern.cdi.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.CurrentUser;
import dev.postern.SessionMetadata;
import jakarta.ejb.Stateful;
import jakarta.ejb.Stateless;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** To which classes the interceptor of the session can be bound, and which of them inject the session. */
class ExposedResourcesTest {

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
        assertThat(ExposedResources.canBeIntercepted(type)).isTrue();
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
        assertThat(ExposedResources.canBeIntercepted(type)).isFalse();
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

    @ParameterizedTest
    @ValueSource(
            classes = {
                ByField.class,
                ByConstructor.class,
                BySetter.class,
                ByInheritedField.class,
                ByInheritedSetter.class,
                ByInstance.class,
                ByProvider.class
            })
    void includeTheSession(Class<?> type) {
        assertThat(injectsSession(type)).isTrue();
    }

    @Test
    void tellTheUserFromTheMetadata() {
        assertThat(ExposedResources.injects(CurrentUser.class, ByField.class)).isTrue();
        assertThat(ExposedResources.injects(SessionMetadata.class, ByField.class))
                .isFalse();
        assertThat(ExposedResources.injects(SessionMetadata.class, BySetter.class))
                .isTrue();
        assertThat(ExposedResources.injects(CurrentUser.class, BySetter.class)).isFalse();
    }

    private static boolean injectsSession(Class<?> type) {
        return ExposedResources.injects(CurrentUser.class, type)
                || ExposedResources.injects(SessionMetadata.class, type);
    }

    @ParameterizedTest
    @ValueSource(classes = {Nothing.class, NotInjected.class, OfSomethingElse.class, Interface.class})
    void includeNoSession(Class<?> type) {
        assertThat(injectsSession(type)).isFalse();
    }

    @SuppressWarnings("UnusedVariable")
    static class ByField {
        @Inject
        private CurrentUser user;
    }

    static class ByConstructor {
        @Inject
        ByConstructor(String other, SessionMetadata metadata) {
            assertThat(metadata.toString()).isNotEqualTo(other);
        }
    }

    static class BySetter {
        @Inject
        void set(SessionMetadata metadata) {
            assertThat(metadata).isNotNull();
        }
    }

    static class ByInheritedField extends ByField {}

    static class ByInheritedSetter extends BySetter {}

    static class ByInstance {
        @Inject
        Instance<CurrentUser> user;
    }

    static class ByProvider {
        @Inject
        void set(Provider<? extends Object> any, Provider<SessionMetadata> metadata) {
            assertThat(metadata).isNotSameAs(any);
        }
    }

    static class Nothing {}

    static class NotInjected {
        NotInjected(CurrentUser user) {
            assertThat(user).isNotNull();
        }
    }

    static class OfSomethingElse {
        @Inject
        Provider<String> text;
    }
}
