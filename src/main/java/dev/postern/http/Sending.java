package dev.postern.http;

/**
 * With which requests a browser sends the cookie along.
 *
 * <p>Immutable.
 *
 * @param isSecure whether only with those over TLS
 * @param isPartitioned whether only within the site in whose page it was set, where the application stands in pages of
 *     other sites (CHIPS)
 */
public record Sending(SameSite sameSite, boolean isSecure, boolean isPartitioned) {

    /**
     * These attributes for the cookies of the other partition, which browsers keep apart: with {@code Partitioned}, or
     * without it.
     */
    Sending otherPartition() {
        return new Sending(sameSite, isSecure, !isPartitioned);
    }

    @Override
    public String toString() {
        return (isSecure ? "; Secure" : "") + "; HttpOnly; SameSite=" + sameSite
                + (isPartitioned ? "; Partitioned" : "");
    }
}
