package dev.postern.hazelcast.map;

import com.hazelcast.map.IMap;
import dev.postern.PosternException;
import dev.postern.hazelcast.call.ClusterChanges;
import dev.postern.hazelcast.call.GridCalls;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.token.KeyRing;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a cluster that has none configured. The first node that needs them generates them, and all nodes share
 * them in a map of their own. Only this class and {@link NamespaceOwner} write to it. The keys are protected as well as
 * the grid is, and are lost with its last member.
 *
 * <p>After a change of the cluster ({@link ClusterChanges}) they are read again, so that nodes which started apart have
 * the same keys from then on. Tokens of the side whose keys are lost then count as forged.
 *
 * <p>Safe for concurrent use.
 */
public final class ClusterKeyRing implements Supplier<KeyRing> {

    private static final String ENTRY = "drawn";

    private final Supplier<IMap<String, byte[]>> map;
    private final GridCalls calls;
    private final ClusterChanges changes;
    private final SecureRandom random;
    private final Duration patience;
    private volatile @Nullable Known known;

    /** The keys in this map. Each call waits for the grid no longer than the patience. */
    public ClusterKeyRing(
            Supplier<IMap<String, byte[]>> map,
            GridCalls calls,
            ClusterChanges changes,
            SecureRandom random,
            Duration patience) {
        this.map = map;
        this.calls = calls;
        this.changes = changes;
        this.random = random;
        this.patience = patience;
    }

    /** The keys as they were after so many changes of the cluster. */
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
     * The keys. Calls the grid at first and after a change of the cluster only. Throws {@link PosternException} if the
     * grid is broken.
     */
    @Override
    public KeyRing get() {
        Known present = known;
        return present != null && present.changes == changes.count() ? present.ring : agree(present);
    }

    /**
     * Offers the known keys or new ones, and takes those that are stored. The zeros mean no time to live and no idle
     * time, and override the defaults of the map.
     */
    private KeyRing agree(@Nullable Known before) {
        int now = changes.count();
        byte[] offered = before == null ? generated() : before.bytes;
        byte[] stored = calls.run(
                () -> map.get().putIfAbsent(ENTRY, offered, 0, TimeUnit.SECONDS, 0, TimeUnit.SECONDS),
                Deadline.in(patience));
        Known agreement = new Known(now, stored == null ? offered : stored);
        known = agreement;
        return agreement.ring;
    }

    private byte[] generated() {
        byte[] bytes = new byte[2 * KeyRing.KEY_BYTES];
        random.nextBytes(bytes);
        return bytes;
    }
}
