package dev.postern.session;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Says what an attempt counts for. Keys are keyed hashes, so that the grid shows neither names nor addresses. It makes no
 * difference whether there is a user of that name.
 *
 * <p>A client that presents a token which this cluster has issued to that very user has signed in as them before. It counts for
 * itself, so that strangers who guess at the name cannot make it wait (a device cookie, OWASP).
 *
 * <p>A right password forgives the failures of the name from that place alone: those from elsewhere are somebody else's, who would
 * have new free tries each time the user signs in. Safe for concurrent use.
 */
public final class TryWatch {

    private static final Pattern SPACES = Pattern.compile("[\\p{Z}\\s\\x85]+");

    /** Accents, and what a directory or a database does not compare: RFC 4518, section 2.2, and the fillers of Hangul. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{M}\\p{C}\\u1806\\uFFFC\\u115F\\u1160]+");

    private final TokenMint mint;
    private final Optional<TryLimits> limits;

    /** A watch with these limits, or one that watches nothing. */
    public TryWatch(TokenMint mint, Optional<TryLimits> limits) {
        this.mint = mint;
        this.limits = limits;
    }

    List<Watched> of(Attempt attempt) {
        return limits.map(known -> of(attempt, known)).orElse(List.of());
    }

    private List<Watched> of(Attempt attempt, TryLimits known) {
        String address = ClientAddress.network(attempt.address());
        Watched ofAddress = new Watched(mint.handle("tries address", address), known.ofAddress(), false);
        if (attempt.name().isEmpty()) {
            return List.of(ofAddress);
        }
        String name = folded(attempt.name().get());
        Optional<Token> own = own(attempt);
        if (own.isPresent()) {
            return List.of(pair(name, own.get().session().text(), known));
        }
        return List.of(
                pair(name, address, known),
                new Watched(mint.handle("tries user", name), known.ofUser(), false),
                ofAddress);
    }

    private Watched pair(String name, String place, TryLimits known) {
        return new Watched(mint.handle("tries pair", place + ' ' + name), known.ofPair(), true);
    }

    private Optional<Token> own(Attempt attempt) {
        return attempt.presented().filter(token -> token.user()
                .equals(mint.userHandle(attempt.name().orElseThrow())));
    }

    /** Many identity stores take these for the same name, which must not be good for more tries than another. */
    private static String folded(String name) {
        String decomposed = Normalizer.normalize(name, Normalizer.Form.NFKD);
        String seen = UNSEEN.matcher(spaced(decomposed)).replaceAll("");
        return spaced(seen).strip().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    /** A tab is a space to a directory, although it is a control too. */
    private static String spaced(String text) {
        return SPACES.matcher(text).replaceAll(" ");
    }
}
