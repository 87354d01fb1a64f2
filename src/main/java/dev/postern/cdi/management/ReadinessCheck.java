package dev.postern.cdi.management;

import dev.postern.cdi.PosternExtension;
import dev.postern.hazelcast.Grid;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * The readiness check {@code postern}: up while the grid answers in time, with at least {@code
 * postern.cache.minimum-members} members. It reads one fixed key. If the member that owns this key hangs, no node is
 * ready. If another member hangs, the check does not notice it, and the nodes stay ready.
 *
 * <p>Its data {@code store} is {@code up}, {@code down} or {@code off}. A database that is down leaves a node ready,
 * because sessions in the grid go on; otherwise a load balancer would take away all nodes at once.
 *
 * <p>A bean only where the server has MicroProfile Health (WF-13), hence no annotation that would make it one. Safe for
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
                .withData("store", extension.bean(JmxSessions.class).getStoreState())
                .status(extension
                        .bean(Grid.class)
                        .health()
                        .isReady(extension.settings().cache().timeout()))
                .build();
    }
}
