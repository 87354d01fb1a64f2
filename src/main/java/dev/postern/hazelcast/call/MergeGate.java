package dev.postern.hazelcast.call;

import com.hazelcast.core.HazelcastInstance;
import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Closed from the moment at which this member is told to give up its rows to another cluster until it no longer answers
 * for them: writes of that time, a sign-out for instance, would be in neither cluster. Hazelcast gives the member a new
 * name at the end of that time, and lets nothing through until it has joined the others. A client has one name, and
 * never gives up anything.
 *
 * <p>Should a merge be called off without a word, the gate opens by itself. Safe for concurrent use.
 */
public final class MergeGate {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Supplier<HazelcastInstance> hazelcast;
    private volatile @Nullable Closing closing;

    private record Closing(UUID name, Deadline end) {}

    public MergeGate(Supplier<HazelcastInstance> hazelcast) {
        this.hazelcast = hazelcast;
    }

    /** Under its present name the member lets no call begin from now on, and acknowledges none. */
    public void close() {
        closing = new Closing(name(), Deadline.in(LONGEST));
    }

    /** The merge is over, however it went. */
    public void open() {
        closing = null;
    }

    /** The name of the member for a call that begins now. Throws {@link PosternException} when the gate is closed. */
    UUID enter() {
        Closing present = closing; // before the name, which changes before this is opened
        UUID name = name();
        if (present != null && present.name.equals(name) && present.end.nanosLeft() > 0) {
            throw new PosternException("This member is about to join another part of the cluster.");
        }
        return name;
    }

    /** Throws {@link PosternException} when the gate was closed since the call began, or the rows were given up. */
    void leave(UUID began) {
        if (!enter().equals(began)) {
            throw new PosternException("This member has joined another part of the cluster meanwhile.");
        }
    }

    private UUID name() {
        try {
            return hazelcast.get().getLocalEndpoint().getUuid();
        } catch (RuntimeException e) {
            throw new PosternException("The grid failed: " + e.getMessage(), e);
        }
    }
}
