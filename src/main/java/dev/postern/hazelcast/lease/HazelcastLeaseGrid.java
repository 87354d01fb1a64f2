package dev.postern.hazelcast.lease;

import com.hazelcast.cluster.MembershipAdapter;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.topic.ITopic;
import dev.postern.PosternException;
import dev.postern.hazelcast.call.ClusterChanges;
import dev.postern.hazelcast.call.GridCalls;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.lease.LeaseGrid;
import dev.postern.session.row.RowKey;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The row of the holders of copies, an entry of the map of keys, and the topic on which they tell each other. Messages
 * may be lost: nothing relies on them.
 *
 * <p>After a merge the row of the larger side stays, so nodes of the smaller one are no holders any more. Members that
 * join may bring rows along, so that counts as a change too.
 *
 * <p>Safe for concurrent use.
 */
public final class HazelcastLeaseGrid implements LeaseGrid, AutoCloseable {

    private static final Logger LOG = System.getLogger(HazelcastLeaseGrid.class.getName());

    private static final String ENTRY = "holders";

    private final Supplier<HazelcastInstance> hazelcast;
    private final Supplier<IMap<String, byte[]>> map;
    private final String topic;
    private final GridCalls calls;
    private final ClusterChanges changes;
    private final AtomicInteger joined = new AtomicInteger();
    private volatile Consumer<RowKey> ended = key -> {};
    private Consumer<byte[]> receiver = message -> {};
    private @Nullable Registration registration;

    private record Registration(ITopic<byte[]> topic, UUID messages, HazelcastInstance instance, UUID members) {}

    /** The row in that map, and a topic of that name. */
    public HazelcastLeaseGrid(
            Supplier<HazelcastInstance> hazelcast,
            Supplier<IMap<String, byte[]>> map,
            String topic,
            GridCalls calls,
            ClusterChanges changes) {
        this.hazelcast = hazelcast;
        this.map = map;
        this.topic = topic;
        this.calls = calls;
        this.changes = changes;
    }

    @Override
    public Optional<byte[]> read(Deadline deadline) {
        return Optional.ofNullable(calls.readNow(() -> map.get().get(ENTRY), deadline));
    }

    /** The zeros mean no time to live and no idle time, and override the defaults of the map. */
    @Override
    public boolean replace(Optional<byte[]> seen, byte[] next, Deadline deadline) {
        return calls.run(
                () -> seen.isPresent()
                        ? map.get().replace(ENTRY, seen.get(), next)
                        : map.get().putIfAbsent(ENTRY, next, 0, TimeUnit.SECONDS, 0, TimeUnit.SECONDS) == null,
                deadline);
    }

    /** On a client {@code publish} would wait for a member, which may be frozen. */
    @Override
    public void send(byte[] message) {
        try {
            CompletionStage<Void> unused =
                    hazelcast.get().<byte[]>getTopic(topic).publishAsync(message);
        } catch (HazelcastException | IllegalStateException | PosternException e) {
            LOG.log(Level.DEBUG, "A message about copies was not sent.", e);
        }
    }

    @Override
    public synchronized void listen(Consumer<byte[]> receiver) {
        this.receiver = receiver;
        register();
    }

    private void register() {
        HazelcastInstance instance = hazelcast.get();
        ITopic<byte[]> messages = instance.getTopic(topic);
        Consumer<byte[]> to = receiver;
        registration = new Registration(
                messages,
                messages.addMessageListener(message -> to.accept(message.getMessageObject())),
                instance,
                instance.getCluster().addMembershipListener(new MembershipAdapter() {
                    @Override
                    public void memberAdded(MembershipEvent event) {
                        joined.incrementAndGet();
                    }
                }));
    }

    @Override
    public void whenEnded(Consumer<RowKey> listener) {
        ended = listener;
    }

    /** This node has heard of the end of a session. */
    public void ended(RowKey key) {
        ended.accept(key);
    }

    /** Another instance has replaced one that stopped. */
    public synchronized void instanceReplaced() {
        if (registration != null) {
            register();
        }
    }

    @Override
    public int changes() {
        return changes.count() + joined.get();
    }

    /** Removes the listeners. Idempotent. */
    @Override
    public synchronized void close() {
        Registration registered = registration;
        registration = null;
        if (registered != null && registered.instance().getLifecycleService().isRunning()) {
            registered.topic().removeMessageListener(registered.messages());
            registered.instance().getCluster().removeMembershipListener(registered.members());
        }
    }
}
