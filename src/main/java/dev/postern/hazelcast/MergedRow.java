package dev.postern.hazelcast;

import dev.postern.session.RowKey;
import java.util.Optional;

/**
 * A row that a merge has been at. For one thread after another.
 *
 * @param lasting the tombstone or epoch that the merge must not have undone; absent for a live row
 */
record MergedRow(RowKey key, Optional<byte[]> lasting) {}
