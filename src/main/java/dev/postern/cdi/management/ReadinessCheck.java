package dev.postern.cdi.management;

import dev.postern.cdi.PosternExtension;
import dev.postern.hazelcast.Grid;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * The readiness check {@code postern}: up while the grid answers in time, with {@code postern.cache.minimum-members} or
 * more. It asks for one row: while the member that owns it stands still, no node is ready, and while another one does,
 * every node is.
 *
 * <p>A bean only where there is MicroProfile Health (WF-13), hence no annotation that would make it one. Safe for
 * concurrent use.
 */
@Readiness
public final class ReadinessCheck implements HealthCheck {

    private final PosternExtension extension;

    @Inject
    ReadinessCheck(PosternExtension extension) {
        this.extension = extension;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("postern")
                .status(extension
                        .bean(Grid.class)
                        .health()
                        .isReady(extension.settings().cache().timeout()))
                .build();
    }
}
