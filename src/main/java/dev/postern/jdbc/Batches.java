package dev.postern.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Cuts many rows into those of one statement. There are few sizes, so that the database sees few texts, and no
 * statement is larger than a database takes.
 *
 * <p>Immutable.
 */
final class Batches {

    /** How many rows one statement has at most. */
    static final int MOST = 250;

    private static final List<Integer> SIZES = List.of(MOST, 64, 16, 4, 1);

    /** MariaDB takes 16 MB by default. */
    private static final int MOST_BYTES = 1 << 20;

    private Batches() {}

    /** The rows in their order, by how many bytes each has. A row that is too large is alone. */
    static <T> List<List<T>> of(List<T> all, ToIntFunction<T> bytes) {
        List<List<T>> batches = new ArrayList<>();
        for (int from = 0; from < all.size(); from += last(batches).size()) {
            batches.add(first(all.subList(from, all.size()), bytes));
        }
        return batches;
    }

    private static <T> List<T> last(List<List<T>> batches) {
        return batches.get(batches.size() - 1);
    }

    private static <T> List<T> first(List<T> left, ToIntFunction<T> bytes) {
        return SIZES.stream()
                .filter(size -> size <= left.size())
                .map(size -> left.subList(0, size))
                .filter(some -> some.size() == 1 || fits(some, bytes))
                .findFirst()
                .orElseThrow();
    }

    private static <T> boolean fits(List<T> some, ToIntFunction<T> bytes) {
        return some.stream().mapToInt(bytes).asLongStream().sum() <= MOST_BYTES;
    }
}
