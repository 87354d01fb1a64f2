package dev.postern.hazelcast.map;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.core.LifecycleService;
import dev.postern.PosternException;
import dev.postern.hazelcast.call.GridCalls;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.token.KeyRing;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a cluster that has none configured: generated once by the node that needs them first, and shared in a map
 * of their own, to which only this class writes. They are as well protected as the grid is, and end with its last
 * member.
 *
 * <p>After a merge they are read again (D23), so that nodes which started apart agree from then on; tokens of the side
 * that lost are forged ones then. Safe for concurrent use.
 */
public final class ClusterKeyRing implements Supplier<KeyRing>, AutoCloseable {

    private static final String ENTRY = "drawn";

    private final Supplier<HazelcastInstance> hazelcast;
    private final String mapName;
    private final GridCalls calls;
    private final Drawing drawing;
    private volatile UUID listener;
    private final AtomicInteger changes = new AtomicInteger();
    private volatile @Nullable Known known;

    public ClusterKeyRing(Supplier<HazelcastInstance> hazelcast, String mapName, GridCalls calls, Drawing drawing) {
        this.hazelcast = hazelcast;
        this.mapName = mapName;
        this.calls = calls;
        this.drawing = drawing;
        this.listener = register();
    }

    private UUID register() {
        return hazelcast.get().getLifecycleService().addLifecycleListener(this::clusterChanged);
    }

    /** Another instance has taken the place of a stopped one: the cluster may have other keys, or none. */
    public void instanceReplaced() {
        listener = register();
        changes.incrementAndGet();
    }

    /** Where new keys come from, and how long to wait for the grid. */
    public record Drawing(SecureRandom random, Duration patience) {

        byte[] draw() {
            byte[] bytes = new byte[2 * KeyRing.KEY_BYTES];
            random.nextBytes(bytes);
            return bytes;
        }
    }

    /** What was agreed on after so many changes of the cluster. */
    private static final class Known {
        private final int changes;
        private final byte[] bytes;
        private final KeyRing ring;

        Known(int changes, byte[] bytes) {
            this.changes = changes;
            this.bytes = bytes;
            this.ring = KeyRing.drawn(bytes);
        }
    }

    /**
     * The keys. Asks the grid at first and after a merge only, and throws {@link PosternException} when it is broken.
     */
    @Override
    public KeyRing get() {
        Known present = known;
        return present != null && present.changes == changes.get() ? present.ring : agree(present);
    }

    @Override
    public void close() {
        LifecycleService service = hazelcast.get().getLifecycleService();
        if (service.isRunning()) {
            service.removeLifecycleListener(listener);
        }
    }

    /**
     * Offers the keys that we have, or new ones, and takes those that are stored. Zero means for ever, in spite of the
     * map's default.
     */
    private KeyRing agree(@Nullable Known before) {
        int now = changes.get();
        byte[] offered = before == null ? drawing.draw() : before.bytes;
        byte[] standing = calls.run(
                () -> hazelcast
                        .get()
                        .<String, byte[]>getMap(mapName)
                        .putIfAbsent(ENTRY, offered, 0, TimeUnit.SECONDS, 0, TimeUnit.SECONDS),
                Deadline.in(drawing.patience));
        Known agreement = new Known(now, standing == null ? offered : standing);
        known = agreement;
        return agreement.ring;
    }

    private void clusterChanged(LifecycleEvent event) {
        LifecycleState state = event.getState();
        if (state == LifecycleState.MERGED || state == LifecycleState.CLIENT_CONNECTED) {
            changes.incrementAndGet();
        }
    }
}
