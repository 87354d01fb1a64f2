package dev.postern.cdi.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.CurrentUser;
import dev.postern.SessionMetadata;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InjectionPointsTest {

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
        assertThat(InjectionPoints.includeSession(type)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(classes = {Nothing.class, NotInjected.class, OfSomethingElse.class, Interface.class})
    void includeNoSession(Class<?> type) {
        assertThat(InjectionPoints.includeSession(type)).isFalse();
    }

    @SuppressWarnings({"NullAway.Init", "UnusedVariable"})
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

    @SuppressWarnings("NullAway.Init")
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

    @SuppressWarnings("NullAway.Init")
    static class OfSomethingElse {
        @Inject
        Provider<String> text;
    }

    interface Interface {}
}
