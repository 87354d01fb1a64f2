package dev.postern.hazelcast.map;

import com.hazelcast.map.IMap;
import dev.postern.PosternException;
import dev.postern.hazelcast.call.ClusterChanges;
import dev.postern.hazelcast.call.GridCalls;
import dev.postern.hazelcast.setup.MapConfigCheck;
import dev.postern.session.concurrent.Deadline;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which application owns a namespace: the one that claimed it first. Its entry is stored in the map of the keys, is
 * never deleted and never expires.
 *
 * <table>
 * <caption>What a claim does</caption>
 * <tr><th>The entry names</th><th>namespace derived from the application's name</th>
 *     <th>namespace named by the settings</th></tr>
 * <tr><td>nothing: it is absent</td><td>it names this application</td><td>it says "shared"</td></tr>
 * <tr><td>this application</td><td>it stays</td><td>it says "shared"</td></tr>
 * <tr><td>another application</td><td>the claim fails</td><td>the claim fails</td></tr>
 * <tr><td>"shared"</td><td>the claim fails</td><td>it stays</td></tr>
 * </table>
 *
 * <p>So an application shares its namespace only if its own settings say so. A node asks once, and again after a change
 * of the cluster ({@link ClusterChanges}). In between the answer stays right, because no claim of another application
 * changes an entry that names this one.
 *
 * <p>Safe for concurrent use.
 */
public final class NamespaceOwner {

    private static final Logger LOG = System.getLogger(NamespaceOwner.class.getName());
    private static final String ENTRY = "owner";
    private static final String SHARED = "every application whose postern.cache.namespace names it";
    private static final int ATTEMPTS = 8;

    private final Supplier<IMap<String, byte[]>> map;
    private final GridCalls calls;
    private final ClusterChanges changes;
    private final Claim claim;

    /** How many changes of the cluster there had been when the namespace was this application's; -1 if it never was. */
    private volatile int ownedAfter = -1;

    private volatile @Nullable String refusal;

    /** An owner that has not claimed yet. The map is that of the keys. */
    public NamespaceOwner(Supplier<IMap<String, byte[]>> map, GridCalls calls, ClusterChanges changes, Claim claim) {
        this.map = map;
        this.calls = calls;
        this.changes = changes;
        this.claim = claim;
    }

    /**
     * Immutable.
     *
     * @param identity the application, in words that no other application has
     * @param isShared whether the settings name the namespace, so that all applications that name it share it
     * @param patience how long to wait for the grid
     */
    public record Claim(String namespace, String identity, boolean isShared, Duration patience) {

        private byte[] entry() {
            return bytes(isShared ? SHARED : identity);
        }

        /** Whether the entry names this application alone, and is to say "shared" from now on. */
        private boolean replaces(byte[] entry) {
            return isShared && Arrays.equals(entry, bytes(identity));
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    /**
     * Claims the namespace now. Empty if it is this application's, or if the grid does not answer: then {@link
     * #require} asks again.
     *
     * @return the fault if the namespace is another application's
     */
    public Optional<MapConfigCheck.Fault> claim() {
        try {
            require();
            return Optional.empty();
        } catch (PosternException e) {
            if (refusal != null) {
                return Optional.of(new MapConfigCheck.Fault(String.valueOf(e.getMessage()), true));
            }
            LOG.log(
                    Level.WARNING,
                    "The owner of the namespace is not known yet, and sessions wait for it: {0}",
                    e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Throws {@link PosternException} unless the namespace is this application's. Asks the grid only while that is
     * unknown.
     */
    public void require() {
        int now = changes.count();
        if (ownedAfter != now) {
            calls.run(this::isClaimed, Deadline.in(claim.patience()));
            ownedAfter = now;
        }
    }

    private boolean isClaimed() {
        IMap<String, byte[]> entries = map.get();
        byte[] own = claim.entry();
        for (int attempts = 0; attempts < ATTEMPTS; attempts++) {
            byte[] present = entries.putIfAbsent(ENTRY, own, 0, TimeUnit.SECONDS, 0, TimeUnit.SECONDS);
            if (present == null || Arrays.equals(present, own)) {
                return true;
            }
            if (!claim.replaces(present)) {
                throw refused(present);
            }
            if (entries.replace(ENTRY, present, own)) {
                return entries.setTtl(ENTRY, 0, TimeUnit.SECONDS);
            }
        }
        throw new PosternException("The owner of the namespace changed each time that it was about to be written.");
    }

    private PosternException refused(byte[] present) {
        String owner = new String(present, StandardCharsets.UTF_8);
        String sentence = "The namespace " + claim.namespace() + " of this grid belongs to another application ("
                + owner + "), whose tokens would open this one (" + claim.identity()
                + "). Give this one a name of its own (postern.cache.namespace). If they are one application, give both"
                + " the same name there" + (claim.isShared() ? ", and start the other one with it first." : ".");
        refusal = sentence;
        return new PosternException(sentence);
    }
}
