package dev.postern.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.core.LifecycleService;
import com.hazelcast.map.IMap;
import dev.postern.PosternException;
import dev.postern.session.Deadline;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which application a namespace belongs to: the one that claimed it first. Its row lies beside the drawn keys, is never
 * deleted and never runs out.
 *
 * <table>
 * <caption>What a claim does</caption>
 * <tr><th>The row</th><th>the application has a namespace by its name</th><th>the settings name the namespace</th></tr>
 * <tr><td>absent</td><td>is created</td><td>is created</td></tr>
 * <tr><td>equal</td><td>stays</td><td>stays</td></tr>
 * <tr><td>another one</td><td>the claim fails</td><td>is replaced: it says that the namespace is shared</td></tr>
 * </table>
 *
 * <p>Safe for concurrent use.
 */
final class NamespaceOwner implements AutoCloseable {

    private static final Logger LOG = System.getLogger(NamespaceOwner.class.getName());
    private static final String ENTRY = "owner";
    private static final String SHARED = "every application whose postern.cache.namespace names it";
    private static final int TRIES = 8;

    private final Supplier<HazelcastInstance> hazelcast;
    private final GridMaps maps;
    private final GridCalls calls;
    private final Claim claim;
    private volatile UUID listener;

    /** Whether the namespace is known to be this application's; after a merge the other side's row may stand. */
    private volatile boolean isOwned;

    private volatile @Nullable String refusal;

    NamespaceOwner(Supplier<HazelcastInstance> hazelcast, GridMaps maps, GridCalls calls, Claim claim) {
        this.hazelcast = hazelcast;
        this.maps = maps;
        this.calls = calls;
        this.claim = claim;
        this.listener = register();
    }

    /** Who claims, whether the namespace is shared by everyone who names it, and how long to wait for the grid. */
    record Claim(String identity, boolean isShared, Duration patience) {

        private byte[] row() {
            return (isShared ? SHARED : identity).getBytes(StandardCharsets.UTF_8);
        }
    }

    private UUID register() {
        return hazelcast.get().getLifecycleService().addLifecycleListener(this::clusterChanged);
    }

    private void clusterChanged(LifecycleEvent event) {
        if (event.getState() == LifecycleState.MERGED) {
            isOwned = false;
        }
    }

    /** Another instance has taken the place of a stopped one: its cluster may know another owner. */
    void instanceReplaced() {
        listener = register();
        isOwned = false;
    }

    /**
     * Claims the namespace now; the fault if it is another application's. A grid that does not answer is asked again by
     * {@link #require}.
     */
    Optional<MapFault> fault() {
        try {
            require();
            return Optional.empty();
        } catch (PosternException e) {
            if (refusal != null) {
                return Optional.of(new MapFault(String.valueOf(e.getMessage()), true));
            }
            LOG.log(
                    Level.WARNING,
                    "Whose namespace this is, is not known yet, and sessions wait for it: {0}",
                    e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Throws {@link PosternException} unless the namespace is this application's. Asks the grid only while that is not
     * known.
     */
    void require() {
        if (!isOwned) {
            calls.run(this::isClaimed, Deadline.in(claim.patience()));
            isOwned = true;
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
            if (!claim.isShared()) {
                throw refused(standing);
            }
            if (map.replace(ENTRY, standing, own)) {
                return map.setTtl(ENTRY, 0, TimeUnit.SECONDS);
            }
        }
        throw new PosternException("The owner of the namespace changed each time that it was about to be replaced.");
    }

    private PosternException refused(byte[] standing) {
        String owner = new String(standing, StandardCharsets.UTF_8);
        String sentence = "The namespace " + maps.namespace() + " of this grid belongs to another application (" + owner
                + "), whose tokens would open this one (" + claim.identity()
                + "). Give this one a name of its own (postern.cache.namespace). If they are one application, give both"
                + " the same name there.";
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
