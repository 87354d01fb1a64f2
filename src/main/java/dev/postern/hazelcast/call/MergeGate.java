package dev.postern.hazelcast.call;

import com.hazelcast.core.HazelcastInstance;
import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Rejects calls between Hazelcast's {@code MERGING} event and the member's new UUID: a write of that time, a sign-out
 * for instance, would be in the data of neither side. From the new UUID on Hazelcast itself holds calls back until the
 * member has joined the other side. A client never merges, so its gate is never closed.
 *
 * <p>If a merge is abandoned without an event, the gate opens after a minute. Safe for concurrent use.
 */
public final class MergeGate {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Supplier<HazelcastInstance> hazelcast;
    private volatile @Nullable Closing closing;

    private record Closing(UUID member, Deadline end) {}

    public MergeGate(Supplier<HazelcastInstance> hazelcast) {
        this.hazelcast = hazelcast;
    }

    /** The merge begins: calls of the member's present UUID neither begin nor count any more. */
    public void close() {
        closing = new Closing(uuid(), Deadline.in(LONGEST));
    }

    /** The merge is over, or has failed. */
    public void open() {
        closing = null;
    }

    /** Begins a call: the member's UUID. Throws {@link PosternException} if the gate is closed. */
    UUID enter() {
        Closing present = closing; // before the UUID, which changes before the gate is opened
        UUID member = uuid();
        if (present != null && present.member.equals(member) && present.end.nanosLeft() > 0) {
            throw new PosternException("This member is about to join another part of the cluster.");
        }
        return member;
    }

    /** Ends a call. Throws {@link PosternException} if the gate is closed, or if the UUID has changed since. */
    void leave(UUID began) {
        if (!enter().equals(began)) {
            throw new PosternException("This member has joined another part of the cluster meanwhile.");
        }
    }

    private UUID uuid() {
        try {
            return hazelcast.get().getLocalEndpoint().getUuid();
        } catch (RuntimeException e) {
            throw new PosternException("The grid failed: " + e.getMessage(), e);
        }
    }
}
