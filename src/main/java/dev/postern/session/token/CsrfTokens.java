package dev.postern.session.token;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes and checks CSRF tokens: a page sends one with its requests, to show that it is a page of the application (NIST
 * SP 800-63B).
 *
 * <p>The token of a session is {@code key id 1, MAC 32} bytes in base64url: 44 characters. The MAC is HMAC-SHA-256 of
 * the session's handle, under a key that is derived for this purpose and one namespace. It is valid for as long as the
 * session, and cannot be used to sign in.
 *
 * <p>Safe for concurrent use.
 */
public final class CsrfTokens {

    private static final int CHARACTERS = 44;

    private final Supplier<KeyRing> keys;
    private final byte[] purpose;

    CsrfTokens(String namespace, Supplier<KeyRing> keys) {
        this.keys = keys;
        this.purpose = TokenMint.purpose("csrf", namespace);
    }

    /**
     * The CSRF token of the token's session. It is made with the key that signed the token. So while keys are being
     * replaced, each node that accepts the one accepts the other.
     */
    public String of(Token token) {
        KeyRing ring = keys.get();
        byte[] value = value(ring, TokenMint.key(token), token.session())
                .or(() -> value(ring, ring.signingKey(), token.session()))
                .orElseThrow();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(value);
    }

    /** Whether the text is the CSRF token of the session, made with any key of the ring. */
    public boolean isOf(Handle session, String text) {
        return decode(text)
                .filter(bytes -> value(keys.get(), bytes[0], session)
                        .filter(value -> MessageDigest.isEqual(value, bytes))
                        .isPresent())
                .isPresent();
    }

    private Optional<byte[]> value(KeyRing ring, byte key, Handle session) {
        return ring.mac(key, purpose)
                .map(mac -> mac.doFinal(session.bytes()))
                .map(bytes -> ByteBuffer.allocate(1 + bytes.length)
                        .put(key)
                        .put(bytes)
                        .array());
    }

    private static Optional<byte[]> decode(String text) {
        try {
            return text.length() == CHARACTERS
                    ? Optional.of(Base64.getUrlDecoder().decode(text))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
