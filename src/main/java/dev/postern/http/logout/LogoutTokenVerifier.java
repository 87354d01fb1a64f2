package dev.postern.http.logout;

import dev.postern.ProviderLogin;
import dev.postern.SessionEvent.LogoutRefused.Fault;
import dev.postern.http.answer.JsonFactory;
import dev.postern.session.provider.ProviderLogouts.Notice;
import dev.postern.session.user.UserNames;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Verifies logout tokens: OpenID Connect Back-Channel Logout 1.0, section 2.6. What a token says is read only after its
 * signature.
 *
 * <p>Safe for concurrent use.
 */
public final class LogoutTokenVerifier {

    /** The longest token, in characters. */
    public static final int MOST_CHARACTERS = 16 * 1024;

    /** The longest that a token may live: its id has to be remembered, and it may end what began before it. */
    public static final Duration LONGEST_LIFE = Duration.ofHours(1);

    private static final int MOST_HEADER_CHARACTERS = 2048;
    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

    /** Of a token for another purpose the type is another one (RFC 8725, section 3.11). */
    private static final Set<String> TYPES = Set.of("logout+jwt", "application/logout+jwt", "jwt");

    private final Rules rules;
    private final ProviderKeys keys;

    /**
     * Who may send tokens.
     *
     * @param issuer the provider
     * @param audience the application's client id there
     * @param clockSkew by how much the provider's clock may differ
     */
    public record Rules(String issuer, String audience, Duration clockSkew) {}

    public LogoutTokenVerifier(Rules rules, ProviderKeys keys) {
        this.rules = rules;
        this.keys = keys;
    }

    /**
     * What the token says.
     *
     * @param now the time of this application
     * @throws RefusedTokenException if the token is not valid
     * @throws KeysUnavailableException if it is unknown whether it is
     */
    public Notice verify(String token, Instant now) throws RefusedTokenException, KeysUnavailableException {
        String[] parts = token.split("\\.", -1);
        require(token.length() <= MOST_CHARACTERS && parts.length == 3, Fault.MALFORMED);
        require(parts[0].length() <= MOST_HEADER_CHARACTERS, Fault.MALFORMED);
        JsonObject header = object(parts[0]);
        SignatureAlgorithm algorithm = SignatureAlgorithm.of(text(header, "alg").orElse(""))
                .orElseThrow(() -> new RefusedTokenException(Fault.ALGORITHM));
        require(!header.containsKey("crit"), Fault.MALFORMED);
        require(!header.containsKey("typ") || hasType(header), Fault.TYPE);
        requireSigned(token, parts[2], algorithm, text(header, "kid"));
        return read(object(parts[1]), now);
    }

    private static boolean hasType(JsonObject header) {
        return text(header, "typ")
                .filter(type -> TYPES.contains(type.toLowerCase(Locale.ROOT)))
                .isPresent();
    }

    /** A token that names no key may be signed by any, also by one that is new. */
    private void requireSigned(String token, String signature, SignatureAlgorithm algorithm, Optional<String> id)
            throws RefusedTokenException, KeysUnavailableException {
        byte[] tag = decode(signature);
        byte[] signed = token.substring(0, token.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
        Predicate<ProviderKey> hasSigned = key -> algorithm.verify(key.key(), signed, tag);
        List<ProviderKey> possible =
                keys.find(key -> key.isFor(algorithm) && (id.isPresent() ? id.equals(key.id()) : hasSigned.test(key)));
        require(!possible.isEmpty(), id.isPresent() ? Fault.UNKNOWN_KEY : Fault.SIGNATURE);
        require(possible.stream().anyMatch(hasSigned), Fault.SIGNATURE);
    }

    private Notice read(JsonObject claims, Instant now) throws RefusedTokenException {
        require(text(claims, "iss").filter(rules.issuer()::equals).isPresent(), Fault.ISSUER);
        require(isForUs(claims.get("aud")), Fault.AUDIENCE);
        Instant issuedAt = time(claims, "iat");
        Instant expiresAt = time(claims, "exp");
        require(!issuedAt.isAfter(now.plus(rules.clockSkew())), Fault.TIME);
        require(!expiresAt.isAfter(issuedAt.plus(LONGEST_LIFE)), Fault.TIME);
        require(now.isBefore(expiresAt.plus(rules.clockSkew())), Fault.EXPIRED);
        require(isLogout(claims.get("events")), Fault.EVENTS);
        require(!claims.containsKey("nonce"), Fault.NONCE);
        Optional<String> subject = name(claims, "sub");
        Optional<String> session = name(claims, "sid");
        require(subject.isPresent() || session.isPresent(), Fault.NAMELESS);
        String id = name(claims, "jti").orElseThrow(() -> new RefusedTokenException(Fault.MALFORMED));
        return new Notice(rules.issuer(), id, subject, session, issuedAt, expiresAt);
    }

    private boolean isForUs(@Nullable JsonValue audience) {
        return audience instanceof JsonString one
                ? one.getString().equals(rules.audience())
                : audience instanceof JsonArray several
                        && several.stream()
                                .anyMatch(each -> each instanceof JsonString one
                                        && one.getString().equals(rules.audience()));
    }

    private static boolean isLogout(@Nullable JsonValue events) {
        return events instanceof JsonObject known && known.get(EVENT) instanceof JsonObject;
    }

    /** A time in whole seconds, after 1970 and before the year 10000. */
    private static Instant time(JsonObject claims, String name) throws RefusedTokenException {
        require(claims.get(name) instanceof JsonNumber, Fault.MALFORMED);
        double seconds = claims.getJsonNumber(name).doubleValue();
        require(seconds >= 1 && seconds < 253_402_300_800d, Fault.MALFORMED);
        return Instant.ofEpochSecond((long) seconds);
    }

    /** A text that can be a name; empty if the claim is missing. */
    private static Optional<String> name(JsonObject claims, String name) throws RefusedTokenException {
        if (!claims.containsKey(name)) {
            return Optional.empty();
        }
        Optional<String> text = text(claims, name)
                .filter(value -> !value.isEmpty() && value.length() <= ProviderLogin.MOST_CHARACTERS)
                .filter(UserNames::isText); // two texts that are none may have one hash
        require(text.isPresent(), Fault.MALFORMED);
        return text;
    }

    private static Optional<String> text(JsonObject fields, String name) {
        return fields.get(name) instanceof JsonString text ? Optional.of(text.getString()) : Optional.empty();
    }

    private static JsonObject object(String part) throws RefusedTokenException {
        String text = new String(decode(part), StandardCharsets.UTF_8);
        try {
            return JsonFactory.object(text);
        } catch (RuntimeException e) { // each parser has exceptions of its own
            throw new RefusedTokenException(Fault.MALFORMED);
        }
    }

    private static byte[] decode(String part) throws RefusedTokenException {
        try {
            return Base64.getUrlDecoder().decode(part);
        } catch (IllegalArgumentException e) {
            throw new RefusedTokenException(Fault.MALFORMED);
        }
    }

    private static void require(boolean isSo, Fault otherwise) throws RefusedTokenException {
        if (!isSo) {
            throw new RefusedTokenException(otherwise);
        }
    }
}
