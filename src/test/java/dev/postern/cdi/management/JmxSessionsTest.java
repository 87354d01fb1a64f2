package dev.postern.cdi.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.SessionEvent;
import dev.postern.hazelcast.Grid;
import dev.postern.hazelcast.setup.HazelcastSettings;
import dev.postern.session.event.SessionMetrics;
import dev.postern.session.lease.SessionCopies;
import dev.postern.session.row.TestRows;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** What JMX shows of one node. */
class JmxSessionsTest {

    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    private final String namespace = "test-" + UUID.randomUUID();
    private final SessionMetrics figures = new SessionMetrics();

    @Test
    void figuresAreShownUntilTheApplicationStopsAndAgainWhenItIsBack() throws Exception {
        try (Grid grid = Grid.open(namespace, HazelcastSettings.alone(), TestRows.LIFETIMES)) {
            figures.count(new SessionEvent.Created("handle", "ann", Instant.EPOCH));
            figures.count(new SessionEvent.SignInFailed(Optional.of("ann"), "192.0.2.1", Instant.EPOCH));

            JmxSessions first = JmxSessions.show(figures, copies(grid), grid, Optional.empty(), namespace);
            assertThat(shown("SignIns")).isEqualTo(1L);
            assertThat(shown("FailedSignIns")).isEqualTo(1L);
            assertThat(shown("ThrottledSignIns")).isEqualTo(0L);
            assertThat(shown("OwnedRows")).isEqualTo(0L);
            assertThat(shown("StoreState")).isEqualTo("off");
            assertThat(shown("StoreRowsWritten")).isEqualTo(0L);
            first.close();
            first.close();
            assertThatThrownBy(() -> shown("SignIns")).isInstanceOf(InstanceNotFoundException.class);

            try (JmxSessions again = JmxSessions.show(figures, copies(grid), grid, Optional.empty(), namespace)) {
                assertThat(again.name()).isPresent();
                assertThat(shown("SignIns")).isEqualTo(1L);
            }
        }
    }

    @Test
    void secondApplicationOfTheNamespaceRunsWithout() throws Exception {
        try (Grid grid = Grid.open(namespace, HazelcastSettings.alone(), TestRows.LIFETIMES);
                JmxSessions first = JmxSessions.show(figures, copies(grid), grid, Optional.empty(), namespace)) {
            figures.count(new SessionEvent.Created("handle", "ann", Instant.EPOCH));

            JmxSessions.show(new SessionMetrics(), copies(grid), grid, Optional.empty(), namespace)
                    .close();

            assertThat(first.name()).isPresent();
            assertThat(shown("SignIns")).isEqualTo(1L);
        }
    }

    private static SessionCopies copies(Grid grid) {
        return SessionCopies.open(grid.leases(), 0, new SecureRandom(), "unused");
    }

    private Object shown(String attribute) throws Exception {
        return SERVER.getAttribute(new ObjectName("dev.postern:type=Sessions,namespace=" + namespace), attribute);
    }
}
