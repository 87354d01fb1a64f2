package dev.postern.hazelcast.map;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.core.LifecycleService;
import com.hazelcast.map.IMap;
import dev.postern.PosternException;
import dev.postern.hazelcast.call.GridCalls;
import dev.postern.hazelcast.setup.MapConfigCheck;
import dev.postern.hazelcast.setup.MapConfigs;
import dev.postern.session.concurrent.Deadline;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which application a namespace belongs to: the one that claimed it first. Its row lies beside the drawn keys, is never
 * deleted and never runs out.
 *
 * <table>
 * <caption>What a claim does</caption>
 * <tr><th>The row names</th><th>the application has a namespace by its name</th><th>the settings name it</th></tr>
 * <tr><td>nothing: it is absent</td><td>it names this application</td><td>it says "shared"</td></tr>
 * <tr><td>this application</td><td>it stays</td><td>it says so from now on</td></tr>
 * <tr><td>another application</td><td>the claim fails</td><td>the claim fails</td></tr>
 * <tr><td>all who share the namespace</td><td>the claim fails</td><td>it stays</td></tr>
 * </table>
 *
 * <p>So an application shares its namespace only if its own settings say so. A node asks once. The answer stays right,
 * because no claim of another application changes a row that names this one.
 *
 * <p>Safe for concurrent use.
 */
public final class NamespaceOwner implements AutoCloseable {

    private static final Logger LOG = System.getLogger(NamespaceOwner.class.getName());
    private static final String ENTRY = "owner";
    private static final String SHARED = "every application whose postern.cache.namespace names it";
    private static final int TRIES = 8;

    private final Supplier<HazelcastInstance> hazelcast;
    private final MapConfigs maps;
    private final GridCalls calls;
    private final Claim claim;
    private volatile UUID listener;

    /** How often the cluster has changed: another one, or another side of it, may know another owner. */
    private final AtomicInteger changes = new AtomicInteger();

    /** After how many changes the namespace was this application's. */
    private volatile int ownedAfter = -1;

    private volatile @Nullable String refusal;

    public NamespaceOwner(Supplier<HazelcastInstance> hazelcast, MapConfigs maps, GridCalls calls, Claim claim) {
        this.hazelcast = hazelcast;
        this.maps = maps;
        this.calls = calls;
        this.claim = claim;
        this.listener = register();
    }

    /** Who claims, whether the namespace is shared by everyone who names it, and how long to wait for the grid. */
    public record Claim(String identity, boolean isShared, Duration patience) {

        private byte[] row() {
            return bytes(isShared ? SHARED : identity);
        }

        /** Whether the row names this application, which names the namespace in its settings by now. */
        private boolean replaces(byte[] row) {
            return isShared && Arrays.equals(row, bytes(identity));
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    private UUID register() {
        return hazelcast.get().getLifecycleService().addLifecycleListener(this::clusterChanged);
    }

    private void clusterChanged(LifecycleEvent event) {
        LifecycleState state = event.getState();
        if (state == LifecycleState.MERGED || state == LifecycleState.CLIENT_CONNECTED) {
            changes.incrementAndGet();
        }
    }

    /** Another instance has taken the place of a stopped one. */
    public void instanceReplaced() {
        listener = register();
        changes.incrementAndGet();
    }

    /**
     * Claims the namespace now; the fault if it is another application's. A grid that does not answer is asked again by
     * {@link #require}.
     */
    public Optional<MapConfigCheck.Fault> fault() {
        try {
            require();
            return Optional.empty();
        } catch (PosternException e) {
            if (refusal != null) {
                return Optional.of(new MapConfigCheck.Fault(String.valueOf(e.getMessage()), true));
            }
            LOG.log(
                    Level.WARNING,
                    "It is not known yet which application owns the namespace, and until then requests that need a"
                            + " session get 503: {0}",
                    e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Throws {@link PosternException} unless the namespace is this application's. Asks the grid only while that is not
     * known.
     */
    public void require() {
        int now = changes.get();
        if (ownedAfter != now) {
            calls.run(this::isClaimed, Deadline.in(claim.patience()));
            ownedAfter = now;
        }
    }

    private boolean isClaimed() {
        IMap<String, byte[]> map = hazelcast.get().getMap(maps.keys());
        byte[] own = claim.row();
        for (int tries = 0; tries < TRIES; tries++) {
            byte[] standing = map.putIfAbsent(ENTRY, own, 0, TimeUnit.SECONDS, 0, TimeUnit.SECONDS);
            if (standing == null || Arrays.equals(standing, own)) {
                return true;
            }
            if (!claim.replaces(standing)) {
                throw refused(standing);
            }
            if (map.replace(ENTRY, standing, own)) {
                return map.setTtl(ENTRY, 0, TimeUnit.SECONDS);
            }
        }
        throw new PosternException("The owner of the namespace changed each time that it was about to be written.");
    }

    private PosternException refused(byte[] standing) {
        String owner = new String(standing, StandardCharsets.UTF_8);
        String sentence = "The namespace " + maps.namespace() + " of this grid belongs to another application (" + owner
                + "), whose tokens would open this one (" + claim.identity()
                + "). Give this one a name of its own (postern.cache.namespace). If they are one application, give both"
                + " the same name there" + (claim.isShared() ? ", and start the other one with it first." : ".");
        refusal = sentence;
        return new PosternException(sentence);
    }

    @Override
    public void close() {
        LifecycleService service = hazelcast.get().getLifecycleService();
        if (service.isRunning()) {
            service.removeLifecycleListener(listener);
        }
    }
}
