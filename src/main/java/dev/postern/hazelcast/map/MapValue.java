package dev.postern.hazelcast.map;

import com.hazelcast.nio.serialization.HazelcastSerializationException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A value of the map as a row. */
public final class MapValue {

    /** What a value of another type reads as: a row that no codec understands (HZ-21). */
    static final byte[] FOREIGN = new byte[0];

    private MapValue() {}

    /** A value that is deserialized when it is asked for. */
    @FunctionalInterface
    public interface Value {
        @Nullable
        Object get();
    }

    /** The bytes of the row; nothing for a value of a strange type, and for one of a class that is not here (HZ-21). */
    public static Optional<byte[]> of(Value value) {
        try {
            return value.get() instanceof byte[] row ? Optional.of(row) : Optional.empty();
        } catch (HazelcastSerializationException e) {
            return Optional.empty();
        }
    }

    /** The bytes of the row, or {@link #FOREIGN}. */
    static byte[] orForeign(Object value) {
        return value instanceof byte[] row ? row : FOREIGN;
    }
}
