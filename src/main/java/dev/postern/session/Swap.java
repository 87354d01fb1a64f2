package dev.postern.session;

/**
 * One of several swaps that are to be made: the row under the key, from the bytes that were seen to the next ones.
 *
 * <p>Immutable, as long as the arrays are not changed.
 */
public final class Swap {

    private final RowKey key;
    private final byte[] seen;
    private final byte[] next;

    Swap(RowKey key, byte[] seen, byte[] next) {
        this.key = key;
        this.seen = seen;
        this.next = next;
    }

    public RowKey key() {
        return key;
    }

    public byte[] seen() {
        return seen;
    }

    public byte[] next() {
        return next;
    }
}
