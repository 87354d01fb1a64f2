package dev.postern.session.token;

import dev.postern.session.user.UserNames;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;

/**
 * Issues and parses tokens, and computes the handles of users.
 *
 * <p>A token is {@code version 1, key id 1, session handle 16, user handle 16, generation 4, secret 32, tag 16} bytes
 * in base64url: 115 characters. The tag is HMAC-SHA-256, cut to 16 bytes, over the purpose, the namespace and the rest.
 * A text that is forged, truncated or of another application fails at the tag, before any look-up.
 *
 * <p>Safe for concurrent use, as far as the random generator is.
 */
public final class TokenMint {

    private static final byte VERSION = 1;
    private static final int TAG_BYTES = 16;
    private static final int BODY_BYTES = 2 + 2 * Handle.BYTES + Integer.BYTES + Secret.BYTES;
    static final int CHARACTERS = 115;

    private static final int SECRET_AT = BODY_BYTES - Secret.BYTES;
    private static final int BYTES_OF_FOUR_CHARACTERS = 3;

    private final Supplier<KeyRing> keys;
    private final RandomGenerator random;
    private final CsrfTokens csrfTokens;
    private final String namespace;
    private final byte[] tokenPurpose;
    private final byte[] halfWayPurpose;
    private final UserNames names;

    /** A mint for users without aliases, whose names are compared as the settings do by default. */
    public TokenMint(String namespace, Supplier<KeyRing> keys, RandomGenerator random) {
        this(namespace, keys, random, UserNames.folded());
    }

    /**
     * A mint for one namespace.
     *
     * @param keys called each time a key is needed, because the ring changes when clusters merge
     */
    public TokenMint(String namespace, Supplier<KeyRing> keys, RandomGenerator random, UserNames names) {
        this.keys = keys;
        this.random = random;
        this.csrfTokens = new CsrfTokens(namespace, keys);
        this.namespace = namespace;
        this.tokenPurpose = purpose("token", namespace);
        this.halfWayPurpose = purpose("half-way", namespace);
        this.names = names;
    }

    /** Which names are one user's. */
    public UserNames names() {
        return names;
    }

    /**
     * The handle of the user of that name. All names of one user have one handle, and different users have different
     * ones.
     *
     * @throws IllegalArgumentException when the name has unpaired surrogates
     * @throws dev.postern.PosternException when the application's {@code CurrentUserLoader} fails
     */
    public Handle userHandle(String name) {
        if (!UserNames.isText(name)) {
            throw new IllegalArgumentException("The name of a user has no unpaired surrogates.");
        }
        return handle("user", names.canonical(name));
    }

    /** The handle of a user who has no other name. Unlike {@link #userHandle} it does not ask the application. */
    public Handle spelledHandle(String name) {
        return handle("user", names.spelled(name));
    }

    /** The handle of a named thing of some kind. Things of another kind with the same name have other handles. */
    public Handle handle(String kind, String name) {
        Mac mac = keys.get().indexMac();
        mac.update(purpose(kind, namespace));
        return Handle.of(Arrays.copyOf(mac.doFinal(name.getBytes(StandardCharsets.UTF_8)), Handle.BYTES));
    }

    /** The hash of the client with this address and user agent. */
    public ClientHash client(String address, String agent) {
        String both = ClientAddress.network(address) + '\n' + agent;
        return new ClientHash(ByteBuffer.wrap(handle("client", both).bytes()).getLong());
    }

    /** The first token of a new session of the user. */
    public Token first(Handle user) {
        return newSession(sign(tokenPurpose, user, Handle.of(draw(Handle.BYTES)), 1));
    }

    /** A token of the same session, with a new secret and this generation. */
    public Token successor(Token token, int number) {
        return newSession(sign(tokenPurpose, token.user(), token.session(), number));
    }

    /** The token in a text; empty if this cluster did not issue it for this namespace. */
    public Optional<Token> parse(String text) {
        return decode(text)
                .filter(bytes -> hasValidTag(tokenPurpose, bytes))
                .map(bytes -> read(bytes, text))
                .filter(token -> Token.isGeneration(token.generation()));
    }

    /** A token of a new sign-in of the user that lacks its second factor. It is no token of a session. */
    public HalfWayToken halfWay(Handle user) {
        return new HalfWayToken(user, encode(sign(halfWayPurpose, user, Handle.of(draw(Handle.BYTES)), 1)));
    }

    /** The token of a sign-in without its second factor in a text; empty if this cluster did not issue it as one. */
    public Optional<HalfWayToken> parseHalfWay(String text) {
        return decode(text)
                .filter(bytes -> hasValidTag(halfWayPurpose, bytes))
                .map(bytes -> new HalfWayToken(read(bytes, text).user(), text));
    }

    /** A number that no other call draws. */
    public long draw() {
        return random.nextLong();
    }

    /** The id of the key that signed the token. */
    static byte key(Token token) {
        return decode(token.reveal()).orElseThrow()[1];
    }

    /** The secret in the text of a token. */
    static Secret secret(String text) {
        byte[] whole = decode(text).orElseThrow();
        return Secret.of(Arrays.copyOfRange(whole, SECRET_AT, BODY_BYTES));
    }

    /** The beginning of the text of a token of the session, whose version and key are 0. */
    static String text(Handle session, Handle user) {
        return encode(ByteBuffer.allocate(2 + 2 * Handle.BYTES)
                .putShort((short) 0)
                .put(session.bytes())
                .put(user.bytes())
                .array());
    }

    /** The CSRF tokens of the same namespace and keys. */
    public CsrfTokens csrfTokens() {
        return csrfTokens;
    }

    private Token newSession(byte[] whole) {
        return read(whole, encode(whole));
    }

    private byte[] sign(byte[] purpose, Handle user, Handle session, int generation) {
        Secret secret = Secret.of(draw(Secret.BYTES));
        KeyRing ring = keys.get();
        byte[] body = ByteBuffer.allocate(BODY_BYTES)
                .put(VERSION)
                .put(ring.signingKey())
                .put(session.bytes())
                .put(user.bytes())
                .putInt(generation)
                .put(secret.reveal())
                .array();
        byte[] tag = tag(purpose, ring.mac(ring.signingKey()).orElseThrow(), body);
        byte[] whole = Arrays.copyOf(body, BODY_BYTES + TAG_BYTES);
        System.arraycopy(tag, 0, whole, BODY_BYTES, TAG_BYTES);
        return whole;
    }

    private boolean hasValidTag(byte[] purpose, byte[] whole) {
        byte[] tag = Arrays.copyOfRange(whole, BODY_BYTES, whole.length);
        return whole[0] == VERSION
                && keys.get()
                        .mac(whole[1])
                        .map(mac -> MessageDigest.isEqual(tag, tag(purpose, mac, whole)))
                        .orElse(false);
    }

    private static byte[] tag(byte[] purpose, Mac mac, byte[] whole) {
        mac.update(purpose);
        mac.update(whole, 0, BODY_BYTES);
        return Arrays.copyOf(mac.doFinal(), TAG_BYTES);
    }

    private static Token read(byte[] whole, String text) {
        ByteBuffer in = ByteBuffer.wrap(whole, 2, BODY_BYTES - 2);
        Handle session = Handle.of(take(in, Handle.BYTES));
        Handle user = Handle.of(take(in, Handle.BYTES));
        return new Token(user, session, in.getInt(), text);
    }

    /** Accepts one text for each sequence of bytes: no padding, no stray bits, no other length. */
    private static Optional<byte[]> decode(String text) {
        if (text.length() != CHARACTERS) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            boolean isExact = bytes.length == BODY_BYTES + TAG_BYTES && text.endsWith(encode(lastOf(bytes)));
            return isExact ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The bytes in the last characters. Only those characters can have stray bits. */
    private static byte[] lastOf(byte[] bytes) {
        return Arrays.copyOfRange(bytes, bytes.length - bytes.length % BYTES_OF_FOUR_CHARACTERS, bytes.length);
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private byte[] draw(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] take(ByteBuffer in, int count) {
        byte[] bytes = new byte[count];
        in.get(bytes);
        return bytes;
    }

    /**
     * The bytes that separate one use of a key from all others. The length is among them, because one namespace may
     * begin with another.
     */
    public static byte[] purpose(String what, String namespace) {
        byte[] name = namespace.getBytes(StandardCharsets.UTF_8);
        byte[] prefix = ("postern " + what + " 1\0").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(prefix.length + Integer.BYTES + name.length)
                .put(prefix)
                .putInt(name.length)
                .put(name)
                .array();
    }
}
