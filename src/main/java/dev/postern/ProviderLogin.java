package dev.postern;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A sign-in at an OpenID Connect provider, as its ID token tells. For {@link ProvenUser#by(ProviderLogin)}: an
 * application that uses {@code @OpenIdAuthenticationMechanismDefinition} does not need it.
 *
 * <p>A session keeps it among the {@linkplain CurrentUser#attributes() attributes} of its user. Immutable.
 *
 * @param issuer the claim {@code iss}
 * @param subject the claim {@code sub}
 * @param session the claim {@code sid}, if there is one
 * @param issuedAt the claim {@code iat}
 */
public record ProviderLogin(String issuer, String subject, Optional<String> session, Instant issuedAt) {

    /** The longest text of each, in characters. */
    public static final int MOST_CHARACTERS = 512;

    private static final String ISSUER = "postern.openid-issuer";
    private static final String SUBJECT = "postern.openid-subject";
    private static final String SESSION = "postern.openid-session";
    private static final String ISSUED_AT = "postern.openid-issued-at";

    /**
     * A sign-in with all properties.
     *
     * @throws IllegalArgumentException if a text is empty or too long ({@link #MOST_CHARACTERS}), or has unpaired
     *     surrogates
     */
    public ProviderLogin {
        requireText(issuer);
        requireText(subject);
        session.ifPresent(ProviderLogin::requireText);
    }

    private static void requireText(String text) {
        if (text.isEmpty()
                || text.length() > MOST_CHARACTERS
                || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException("iss, sub and sid of a sign-in at a provider have 1 to "
                    + MOST_CHARACTERS + " characters, and no unpaired surrogates.");
        }
    }

    /** The attributes of a user who was proven by it. */
    public Map<String, String> attributes() {
        Map<String, String> all = new HashMap<>();
        all.put(ISSUER, issuer);
        all.put(SUBJECT, subject);
        all.put(ISSUED_AT, Long.toString(issuedAt.getEpochSecond()));
        session.ifPresent(id -> all.put(SESSION, id));
        return Map.copyOf(all);
    }

    /** The sign-in in the attributes of a user; empty if there is none that can be read. */
    public static Optional<ProviderLogin> in(Map<String, String> attributes) {
        String issuer = attributes.get(ISSUER);
        String subject = attributes.get(SUBJECT);
        String issuedAt = attributes.get(ISSUED_AT);
        if (issuer == null || subject == null || issuedAt == null) {
            return Optional.empty();
        }
        try {
            Instant time = Instant.ofEpochSecond(Long.parseLong(issuedAt));
            return Optional.of(new ProviderLogin(issuer, subject, Optional.ofNullable(attributes.get(SESSION)), time));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** These attributes of a user, without those of a sign-in at a provider. */
    static Map<String, String> without(Map<String, String> attributes) {
        Map<String, String> others = new HashMap<>(attributes);
        others.keySet().removeAll(Set.of(ISSUER, SUBJECT, SESSION, ISSUED_AT));
        return others;
    }
}
