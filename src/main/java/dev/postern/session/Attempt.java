package dev.postern.session;

import java.util.Optional;

/**
 * A sign-in that is about to be tried: the name, where the credential has one, the client's address, and the token that
 * the client presents, also if its session has ended.
 *
 * <p>Immutable.
 */
public record Attempt(Optional<String> name, String address, Optional<Token> presented) {

    /** The client's network: that of an IPv6 address is its first 64 bits. */
    public String network() {
        return ClientAddress.network(address);
    }
}
