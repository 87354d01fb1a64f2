package dev.postern.testing;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Tokens and passwords that must stand in no text: neither as they are, nor the secret of a token in base64, in base64url or in
 * hexadecimal. A piece of {@value #PIECE} characters is enough.
 *
 * <p>Safe for concurrent use.
 */
public final class Confidential {

    /** Shorter passwords are left out: such words stand in texts by themselves. */
    public static final int SHORTEST_PASSWORD = 8;

    private static final int PIECE = 40;
    private static final int TOKEN_BYTES = 86;
    private static final int SECRET_AT = 38;
    private static final int SECRET_BYTES = 32;

    /** Where those characters of a token begin that tell of its secret alone. */
    private static final int SECRET_AT_CHARACTER = 52;

    private static final int CONTEXT = 100;

    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private final Set<String> passwords = ConcurrentHashMap.newKeySet();
    private final Set<String> pieces = ConcurrentHashMap.newKeySet();

    /** Whether this is a token, and one that has not been added before. */
    public boolean addToken(String token) {
        Optional<byte[]> bytes = bytes(token);
        if (bytes.isEmpty() || !tokens.add(token)) {
            return false;
        }
        byte[] secret = new byte[SECRET_BYTES];
        System.arraycopy(bytes.get(), SECRET_AT, secret, 0, SECRET_BYTES);
        String hexadecimal = HexFormat.of().formatHex(secret);
        Stream.of(
                        token.substring(SECRET_AT_CHARACTER),
                        Base64.getUrlEncoder().encodeToString(secret),
                        Base64.getEncoder().encodeToString(secret),
                        hexadecimal,
                        hexadecimal.toUpperCase(Locale.ROOT))
                .forEach(spelling -> pieces.add(spelling.substring(0, PIECE)));
        return true;
    }

    /** Whether this is long enough, and has not been added before. */
    public boolean addPassword(String password) {
        return password.length() >= SHORTEST_PASSWORD && passwords.add(password);
    }

    public int tokens() {
        return tokens.size();
    }

    /** What comes before the first of them in the text; nothing when none stands there. Says which, and does not repeat it. */
    public Optional<String> find(String text) {
        return passwords.stream()
                .filter(text::contains)
                .findFirst()
                .map(password -> "A password, behind: " + before(text, text.indexOf(password)))
                .or(() -> findPiece(text));
    }

    /** Only words that are long enough are looked at, and most texts have none. */
    private Optional<String> findPiece(String text) {
        int start = 0;
        for (int end = 0; end <= text.length(); end++) {
            if (end == text.length() || !isOfBase64(text.charAt(end))) {
                start = end + 1;
            } else if (end + 1 - start >= PIECE && pieces.contains(text.substring(end + 1 - PIECE, end + 1))) {
                return Optional.of("A token or its secret, behind: " + before(text, end + 1 - PIECE));
            }
        }
        return Optional.empty();
    }

    private static String before(String text, int position) {
        return text.substring(Math.max(0, position - CONTEXT), position);
    }

    private static boolean isOfBase64(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "+/-_".indexOf(c) >= 0;
    }

    private static Optional<byte[]> bytes(String token) {
        try {
            return Optional.of(Base64.getUrlDecoder().decode(token)).filter(bytes -> bytes.length == TOKEN_BYTES);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
