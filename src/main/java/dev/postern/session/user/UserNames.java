package dev.postern.session.user;

import dev.postern.PosternException;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which names are one user's, and which names are names at all. An identity store may compare without case, and then
 * gives the name back as it was typed. So the user's handle comes from a canonical name, and every way to write a name
 * has the same one.
 *
 * <p>A canonical name is its own canonical name. Safe for concurrent use, as far as the application's aliases are.
 */
public final class UserNames {

    /** How many characters a name at a sign-in has at most. */
    static final int LONGEST = 256;

    /** Special characters of LDAP filters and DNs, which a store may take for a pattern: RFC 4515, section 3. */
    private static final String SPECIAL = "*()\\";

    /** White space, and what directories take for it: RFC 4518, section 2.2. */
    private static final Pattern SPACES = Pattern.compile("[\\p{Z}\\s\\x85]+");

    /**
     * What is not seen: controls, marks of format, fillers, selectors of variants (default ignorable; RFC 4518, section
     * 2.2).
     */
    private static final Pattern UNSEEN =
            Pattern.compile("[\\p{Cc}\\p{Cf}\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u1806\\u180B-\\u180F"
                    + "\\u2065\\u3164\\uFE00-\\uFE0F\\uFFA0\\uFFF0-\\uFFF8\\uFFFC"
                    + "\\x{1D173}-\\x{1D17A}\\x{E0000}-\\x{E0FFF}]+");

    /** The dot of a small i, which its capital has in Turkish alone. */
    private static final Pattern DOTTED = Pattern.compile("i\\p{M}*\\u0307\\p{M}*");

    /** Letters without a decomposition that collations take for a plain letter with an accent (UCA, first level). */
    private static final Map<Integer, String> STROKED = stroked(
            "\u00E6 ae \u00F0 d \u00F8 o \u0111 d \u0127 h \u0142 l \u0153 oe \u1D79 g \u1D7A th \uA77A d \uA77C f"
                    + " \uA783 r \uA785 s \uA787 t \uA79B a \uA79D o \uA79F u \uA7A1 g \uA7A3 k \uA7A5 n"
                    + " \uA7A7 r \uA7A9 s");

    /** The plain letter in the name of a Latin one: a negative circled A, or an R with a tail. */
    private static final Pattern LATIN =
            Pattern.compile("LATIN (?:(?:SMALL|CAPITAL|LETTER|INSULAR) )+([A-Z]{1,2})(?: WITH .*)?");

    /** Accents and the like, but no vowels that are written as marks. */
    private static final Pattern ACCENTS = Pattern.compile("[\\p{M}&&[^\\p{IsAlphabetic}]]+");

    /** What the most generous comparison leaves out: all marks, and all that is no character. */
    private static final Pattern FAINT = Pattern.compile("[\\p{M}\\p{C}]+");

    private static final UserNames FOLDED = new UserNames(Spelling.FOLDED, "", UnaryOperator.identity());

    private final Spelling spelling;
    private final String allowed;
    private final UnaryOperator<String> aliases;

    /**
     * Names that are compared so.
     *
     * @param allowed those of the special characters {@code * ( ) \} that names may have nevertheless
     * @param aliases gives each name of a user the one that counts, and any other name back
     */
    public UserNames(Spelling spelling, String allowed, UnaryOperator<String> aliases) {
        this.spelling = spelling;
        this.allowed = allowed;
        this.aliases = aliases;
    }

    /** Names without aliases, compared as the settings do by default. */
    public static UserNames folded() {
        return FOLDED;
    }

    /** When two spellings are one name. */
    public enum Spelling {
        /** They differ in case, width, composition, invisible characters, white space, or the script of digits. */
        FOLDED,
        /** They differ in accents and strokes besides. */
        UNACCENTED,
        /** They are the same text, composed or not (NFC). */
        EXACT
    }

    /**
     * The one name of the user who has this one.
     *
     * @throws PosternException when the application cannot say
     */
    public String canonical(String name) {
        return spelled(alias(spelled(name)));
    }

    /** The one spelling of the name. The application is not asked whose it is. */
    public String spelled(String name) {
        return switch (spelling) {
            case EXACT -> Normalizer.normalize(name, Normalizer.Form.NFC);
            case FOLDED -> Normalizer.normalize(fold(name), Normalizer.Form.NFKC);
            case UNACCENTED -> Normalizer.normalize(withoutAccents(name), Normalizer.Form.NFKC);
        };
    }

    private String alias(String name) {
        try {
            String alias = aliases.apply(name);
            if (alias.equals(name) || (isText(alias) && !spelled(alias).isBlank())) {
                return alias;
            }
            throw new IllegalStateException(
                    "CurrentUserLoader.canonicalName gave a name that is blank or has an unpaired surrogate.");
        } catch (PosternException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new UserLookupException(e);
        }
    }

    /** Whether a name may be asked for at a sign-in: a store could take any other for a pattern, or cut it. */
    public boolean isAdmitted(String name) {
        return name.length() <= LONGEST
                && isText(name)
                && !spelled(name).isBlank()
                && name.chars().allMatch(this::isAdmitted);
    }

    private boolean isAdmitted(int character) {
        return !Character.isISOControl(character)
                && (SPECIAL.indexOf(character) < 0 || allowed.indexOf(character) >= 0);
    }

    /** Whether the name has no half characters: they have no bytes, so that all of them would be one. */
    public static boolean isText(String name) {
        return name.codePoints().noneMatch(point -> Character.getType(point) == Character.SURROGATE);
    }

    /** What guesses at a name are counted for: at least all that any store takes for the same name. Bounded. */
    public static String counted(String name) {
        String cut = name.length() <= LONGEST ? name : name.substring(0, LONGEST);
        String plain = fold(FAINT.matcher(fold(cut)).replaceAll(""));
        return fold(mapped(plain, UserNames::plainLatin));
    }

    private static String withoutAccents(String name) {
        String plain = mapped(fold(name), point -> STROKED.getOrDefault(point, Character.toString(point)));
        return fold(ACCENTS.matcher(plain).replaceAll(""));
    }

    /** Folds until nothing changes: a capital sharp s becomes a small one first, and two letters then. */
    private static String fold(String name) {
        String folded = foldOnce(name);
        String again = foldOnce(folded);
        while (!again.equals(folded)) {
            folded = again;
            again = foldOnce(folded);
        }
        return folded;
    }

    private static String foldOnce(String name) {
        String seen = UNSEEN.matcher(spaced(name)).replaceAll("");
        String small = small(Normalizer.normalize(seen, Normalizer.Form.NFKD));
        String dotless = DOTTED.matcher(Normalizer.normalize(small, Normalizer.Form.NFKD))
                .replaceAll(letter -> letter.group().replace("\u0307", ""));
        return spaced(mapped(dotless, UserNames::digit)).strip();
    }

    /** A digit of any script as the one that collations take for the same (UCA, second level). */
    private static String digit(int point) {
        int value = Character.digit(point, 10);
        return value < 0 ? Character.toString(point) : Integer.toString(value);
    }

    private static String plainLatin(int point) {
        if (point <= 0x7F) {
            return Character.toString(point);
        }
        Matcher letter = LATIN.matcher(String.valueOf(Character.getName(point)));
        return letter.find() && letter.end() == letter.regionEnd()
                ? letter.group(1).toLowerCase(Locale.ROOT)
                : STROKED.getOrDefault(point, Character.toString(point));
    }

    private static Map<Integer, String> stroked(String pairs) {
        String[] words = pairs.split(" ", -1);
        return IntStream.range(0, words.length / 2)
                .boxed()
                .collect(Collectors.toUnmodifiableMap(at -> words[2 * at].codePointAt(0), at -> words[2 * at + 1]));
    }

    private static String mapped(String text, IntFunction<String> mapping) {
        return text.codePoints().mapToObj(mapping).collect(Collectors.joining());
    }

    /**
     * Each character by itself, through its capital: a final sigma is no other letter, nor a dotless i. Strings have a
     * rule for the end of words.
     */
    private static String small(String text) {
        StringBuilder small = new StringBuilder(text.length());
        text.codePoints()
                .flatMap(point ->
                        Character.toString(point).toUpperCase(Locale.ROOT).codePoints())
                .flatMap(point ->
                        Character.toString(point).toLowerCase(Locale.ROOT).codePoints())
                .forEach(small::appendCodePoint);
        return small.toString();
    }

    private static String spaced(String text) {
        return SPACES.matcher(text).replaceAll(" ");
    }
}
