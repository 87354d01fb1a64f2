package dev.postern.session;

/** Bytes in the map are no row of this version. Stays within {@link RowFormat}. */
final class UnreadableRowException extends RuntimeException {

    UnreadableRowException(String what) {
        super(what);
    }
}
