package dev.postern.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.postern.rest.access.AccessFilter;
import dev.postern.rest.access.SecurityAnnotationsTest;
import dev.postern.rest.metadata.MetadataResponseFilter;
import jakarta.annotation.Priority;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class AccessFeatureTest {

    private final List<Object> registered = new ArrayList<>();
    private final FeatureContext context = Answering.with(FeatureContext.class, Map.of("register", arguments -> {
        registered.addAll(List.of(arguments));
        return null;
    }));

    @Test
    void guardsEveryMethodAlsoWithoutAnnotations() throws NoSuchMethodException {
        new AccessFeature().configure(resource(SampleResources.Plain.class, "plain"), context);
        assertThat(registered.get(0)).isInstanceOf(AccessFilter.class);
    }

    @Test
    void runsBeforeTheServersOwnFilterAndAfterAuthentication() throws NoSuchMethodException {
        new AccessFeature().configure(resource(SampleResources.Clerks.class, "plain"), context);
        assertThat((Integer) registered.get(1))
                .isLessThan(Priorities.AUTHORIZATION)
                .isGreaterThan(Priorities.AUTHENTICATION);
    }

    @Test
    void endsTheAdmissionAfterTheServersOwnFilter() throws NoSuchMethodException {
        new AccessFeature().configure(resource(SampleResources.Clerks.class, "plain"), context);
        assertThat(registered.get(2)).isInstanceOf(AccessFilter.AdmissionEnd.class);
        assertThat((Integer) registered.get(3)).isGreaterThan(Priorities.AUTHORIZATION);
    }

    @Test
    void savesWhatTheMethodChanges() throws NoSuchMethodException {
        new AccessFeature().configure(resource(SampleResources.Plain.class, "plain"), context);
        assertThat(registered).hasAtLeastOneElementOfType(MetadataResponseFilter.class);
    }

    @Test
    void refusesAClassWithAFaultInAnyOfItsMethods() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new AccessFeature()
                        .configure(resource(SecurityAnnotationsTest.Heir.class, "hashCode"), context))
                .withMessageContaining("keep one of them");
        assertThat(registered).isEmpty();
    }

    @Test
    void isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(DynamicFeature.class)).hasAtLeastOneElementOfType(AccessFeature.class);
        assertThat(ServiceLoader.load(ServletContainerInitializer.class))
                .hasAtLeastOneElementOfType(AccessStartupCheck.class);
    }

    /** RESTEasy keeps one service of each priority and drops the others. */
    @Test
    void survivesBesideOtherFeaturesInRestEasy() throws IOException {
        assertThat(Objects.requireNonNull(AccessFeature.class.getAnnotation(Priority.class))
                        .value())
                .isNotEqualTo(Integer.MAX_VALUE);
        try (InputStream providers =
                AccessFeature.class.getResourceAsStream("/META-INF/services/jakarta.ws.rs.ext.Providers")) {
            assertThat(new String(Objects.requireNonNull(providers).readAllBytes(), StandardCharsets.UTF_8))
                    .contains(AccessFeature.class.getName());
        }
    }

    private static ResourceInfo resource(Class<?> type, String name) throws NoSuchMethodException {
        Method method = type.getMethod(name);
        return Answering.with(
                ResourceInfo.class, Map.of("getResourceClass", none -> type, "getResourceMethod", none -> method));
    }
}
