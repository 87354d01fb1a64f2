package dev.postern.session;

import dev.postern.PosternException;
import dev.postern.session.SessionRow.Epoch;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One piece of work with the rows: all that it asks of the grid shares one deadline, and it has one time.
 *
 * <p>For one request thread.
 */
final class Visit {

    private final CredentialsCache cache;
    private final RowCodec codec;
    private Deadline deadline;
    private final Moment moment;

    Visit(CredentialsCache cache, RowCodec codec, Deadline deadline, Moment moment) {
        this.cache = cache;
        this.codec = codec;
        this.deadline = deadline;
        this.moment = moment;
    }

    /** What became of a write. */
    enum Outcome {
        /** This call has written. */
        WRITTEN,
        /** The row has the bytes that were to be written, although the answer was no: this call's, or an equal one's. */
        STANDS,
        /** Somebody else has written something else. */
        LOST;

        boolean isDone() {
            return this != LOST;
        }
    }

    Instant now() {
        return moment.now();
    }

    boolean isClockSteady() {
        return moment.isSteady();
    }

    /** Does what takes time that the grid is not to blame for. */
    <T> T offTheClock(Supplier<T> work) {
        long start = System.nanoTime();
        T result = work.get();
        deadline = deadline.after(Duration.ofNanos(System.nanoTime() - start));
        return result;
    }

    /** Whether the visit has time left. */
    boolean hasTime() {
        return deadline.nanosLeft() > 0;
    }

    /** Whether the row is small enough to be written. */
    boolean fits(SessionRow row) {
        try {
            codec.encode(row);
            return true;
        } catch (IllegalArgumentException tooLarge) {
            return false;
        }
    }

    Optional<Found> find(RowKey key) {
        return cache.read(key, deadline).map(bytes -> new Found(bytes, codec.decode(bytes)));
    }

    /** What this node remembers of the row, perhaps not what it is now. */
    Optional<Found> recall(RowKey key) {
        return cache.recall(key).map(bytes -> new Found(bytes, codec.decode(bytes)));
    }

    /** Creates the row, where there is none. */
    Outcome create(RowKey key, SessionRow row) {
        byte[] bytes = codec.encode(row);
        return cache.create(key, bytes, deadline) ? Outcome.WRITTEN : standing(key, bytes);
    }

    /** Swaps the row, while it is what was found. */
    Outcome swap(RowKey key, Found found, SessionRow next) {
        byte[] bytes = codec.encode(next);
        return cache.swap(key, found.bytes(), bytes, deadline) ? Outcome.WRITTEN : standing(key, bytes);
    }

    /**
     * Whether a write was applied although its answer says otherwise (D12). A swap of the bytes for themselves asks that,
     * and gives the row the time to live that the interrupted write may not have set.
     */
    private Outcome standing(RowKey key, byte[] bytes) {
        return cache.swap(key, bytes, bytes, deadline) ? Outcome.STANDS : Outcome.LOST;
    }

    /** From when on the sessions of the user count; the distant past when nobody ever ended all of them. */
    Instant epoch(Handle user) {
        Optional<Found> found = find(RowKey.epoch(user));
        if (found.isEmpty()) {
            return Instant.MIN;
        }
        if (found.get().row().orElse(null) instanceof Epoch epoch) {
            return epoch.notBefore();
        }
        throw new PosternException("The epoch of a user cannot be read, so nobody knows which sessions count.");
    }

    PosternException gaveUp(RowKey key) {
        return new PosternException("The row " + key + " changed each time that it was about to be written.");
    }
}
