package dev.postern.hazelcast.map;

import com.hazelcast.nio.serialization.HazelcastSerializationException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a value of the map as the bytes of a row. */
public final class MapValue {

    /** Stands for a value of another type: a row that no codec understands (HZ-21). */
    static final byte[] FOREIGN = new byte[0];

    private MapValue() {}

    /** A value that Hazelcast deserializes when it is read. */
    @FunctionalInterface
    public interface Value {
        @Nullable
        Object get();
    }

    /** The bytes of the row; empty if the value has another type or its class is missing here (HZ-21). */
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
