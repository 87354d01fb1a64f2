package dev.postern.session.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.session.user.UserNames.Spelling;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names are one user's. */
@Tag("A2")
class UserNamesTest {

    private static final UserNames FOLDED = UserNames.folded();
    private static final UserNames UNACCENTED = names(Spelling.UNACCENTED, UnaryOperator.identity());
    private static final UserNames EXACT = names(Spelling.EXACT, UnaryOperator.identity());

    private static UserNames names(Spelling spelling, UnaryOperator<String> aliases) {
        return new UserNames(spelling, "", aliases);
    }

    /** Each pair is one name to some identity store that does not know case. */
    @ParameterizedTest
    @CsvSource({
        "ann, ANN",
        "ann, \uff21\uff4e\uff4e", // full width
        "irmak, \u0131rmak", // dotless i, whose capital is I
        "\u0130rmak, irmak", // capital i with a dot
        "\u0130rmak, i\u0307rmak", // and its small letter, in two characters
        "gro\u00df, GROSS", // sharp s
        "gro\u00df, GRO\u1e9e", // its capital
        "\u03bc\u03ac\u03bd\u03bf\u03c2, \u039c\u0386\u039d\u039f\u03a3", // final sigma
        "\u03bc\u03ac\u03bd\u03bf\u03c2, \u03bc\u03ac\u03bd\u03bf\u03c3",
        "\ufb01nn, FINN", // ligature
        "\u1f80, \u1f88", // iota below, and beside its capital
        "\u1f80, \u1f00\u03b9",
        "kim, \u212aIM", // Kelvin
        "user 0, user \u0660", // digits of another script, from nought on
        "user 9, user \u0669",
        "\u00e5sa, \u212bSA", // Angstrom
        "zo\u00eb, ZOE\u0308", // decomposed
        "\u1e69, s\u0323\u0307", // marks in any order
        "s\u0307\u0323, S\u0323\u0307",
        "\u01c4, \u01c6", // one letter of two, whose title is a third
        "\u0149an, \u02bcNAN",
        "o\u200bk, ok", // invisible characters
        "o\u00adk, OK",
        "ok\ufe0f, ok",
        "o\u034fk, ok",
        "o\u3164k, ok",
        "'ann ', ann", // white space, as padding collations and directories have it
        "'  ann', ann",
        "'ann\u00a0', ann",
        "'ann  lee', ann\u3000lee",
        "\u13a0, \uab70", // Cherokee, whose small letters came later
        "\u10d0, \u1c90", // Georgian
        "\ud801\udc00, \ud801\udc28", // beyond the basic plane
        "\u017fam, SAM", // long s
        "\u00b5, \u03bc", // micro
        "user1002\u0663, user10023", // digits of other scripts, which collations take for the same
        "\u09672, \u0661\u0662", // mixed
    })
    void spellingsOfOneNameAreOne(String name, String other) {
        assertThat(FOLDED.canonical(other)).isEqualTo(FOLDED.canonical(name));
        assertThat(EXACT.canonical(name).equals(EXACT.canonical(other)))
                .as("exact")
                .isEqualTo(Normalizer.normalize(name, Normalizer.Form.NFC)
                        .equals(Normalizer.normalize(other, Normalizer.Form.NFC)));
    }

    @ParameterizedTest
    @CsvSource({
        "ann, anne",
        "zoe, zo\u00eb",
        "o, \u00f8",
        "ann, \u0430nn", // a Cyrillic letter that looks alike
        "a b, ab",
        "ann., ann",
        "\ud83d\ude00, \ud83d\ude01",
        "\u0915\u0941, \u0915" // a vowel of Devanagari
    })
    void differentNamesStayDifferent(String name, String other) {
        assertThat(FOLDED.canonical(other)).isNotEqualTo(FOLDED.canonical(name));
    }

    @ParameterizedTest
    @CsvSource({
        "zoe, ZO\u00cb",
        "jose, jos\u00e9",
        "i, \u00ed",
        "\u00e5, A",
        "soren, S\u00d8REN",
        "o, \u01fe",
        "lodz, \u0141\u00d3D\u0179",
        "aether, \u01fdther",
        "coeur, c\u0153ur",
        "dakovo, \u0110akovo",
    })
    void accentsAreNoneWhereTheSettingsSaySo(String name, String other) {
        assertThat(UNACCENTED.canonical(other)).isEqualTo(UNACCENTED.canonical(name));
    }

    @ParameterizedTest
    @CsvSource({"soren, s\u00f8ren", "a, \ud83c\udd50", "r, \u027d", "ann7, \u1d00nn\u06f7", "b, \u0180"})
    void guessesAtNamesThatAnyStoreTakesForOneAreCountedTogether(String name, String other) {
        assertThat(UserNames.counted(other)).isEqualTo(UserNames.counted(name));
    }

    @Test
    void vowelsThatAreMarksAreNoAccents() {
        assertThat(UNACCENTED.canonical("\u0915\u0941")).isNotEqualTo(UNACCENTED.canonical("\u0915"));
    }

    /** Every assigned character between others, in each of its cases. */
    @Test
    void everyCharacterHasOneCanonicalFormInEachCase() {
        int[] points = IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(Character::isDefined)
                .filter(point -> Character.getType(point) != Character.SURROGATE)
                .filter(point -> Character.getType(point) != Character.PRIVATE_USE)
                .toArray();
        List<String> differing = new ArrayList<>();
        for (int first = 0; first < points.length; first += 100) { // many in one name, which is quicker
            String name = Arrays.stream(points, first, Math.min(first + 100, points.length))
                    .mapToObj(point -> "a" + Character.toString(point) + "b")
                    .collect(Collectors.joining());
            if (!isOne(name)) {
                differing.add(name);
            }
        }

        assertThat(points).hasSizeGreaterThan(140_000);
        assertThat(differing).isEmpty();
    }

    private static boolean isOne(String name) {
        String canonical = FOLDED.spelled(name);
        return FOLDED.spelled(canonical).equals(canonical)
                && FOLDED.spelled(name.toUpperCase(Locale.ROOT)).equals(canonical)
                && FOLDED.spelled(name.toLowerCase(Locale.ROOT)).equals(canonical);
    }

    @Property
    void aCanonicalNameIsItsOwn(@ForAll("names") String name) {
        for (UserNames names : List.of(FOLDED, UNACCENTED, EXACT)) {
            String canonical = names.canonical(name);
            assertThat(names.canonical(canonical)).isEqualTo(canonical);
        }
    }

    @Property
    void noFormOfUnicodeMakesAnotherName(@ForAll("names") String name) {
        for (Normalizer.Form form : Normalizer.Form.values()) {
            assertThat(FOLDED.canonical(Normalizer.normalize(name, form))).isEqualTo(FOLDED.canonical(name));
        }
        assertThat(EXACT.canonical(Normalizer.normalize(name, Normalizer.Form.NFD)))
                .isEqualTo(EXACT.canonical(name));
    }

    @Property
    void noCaseMakesAnotherName(@ForAll("names") String name) {
        Assume.that(!hasIotaBelow(name));
        String canonical = FOLDED.canonical(name);
        assertThat(FOLDED.canonical(name.toUpperCase(Locale.ROOT))).isEqualTo(canonical);
        assertThat(FOLDED.canonical(name.toLowerCase(Locale.ROOT))).isEqualTo(canonical);
        assertThat(FOLDED.canonical(name.toUpperCase(Locale.forLanguageTag("tr"))))
                .isEqualTo(canonical);
        assertThat(FOLDED.canonical(name.toLowerCase(Locale.forLanguageTag("tr"))))
                .isEqualTo(canonical);
    }

    /** Marks behind such a letter would stand on the iota that comes of it in capitals; no rule of case can tell. */
    private static boolean hasIotaBelow(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFD).contains("\u0345");
    }

    @Property
    void whatIsOneNameIsCountedOnce(@ForAll("names") String name, @ForAll("names") String other) {
        for (UserNames names : List.of(FOLDED, UNACCENTED, EXACT)) {
            if (names.canonical(name).equals(names.canonical(other))) {
                assertThat(UserNames.counted(other)).isEqualTo(UserNames.counted(name));
            }
            assertThat(UserNames.counted(names.canonical(name))).isEqualTo(UserNames.counted(name));
        }
    }

    @Property
    void namesThatAStoreWithoutCaseTakesForOneAreOne(@ForAll("names") String name, @ForAll("names") String other) {
        if (name.equalsIgnoreCase(other)) {
            assertThat(FOLDED.canonical(other)).isEqualTo(FOLDED.canonical(name));
        }
    }

    /** Names that differ in spelling alone are one, for any answer of the application. */
    @Property
    void aliasesTellNoSpellingsApart(@ForAll("names") String name) {
        Assume.that(!hasIotaBelow(name));
        UserNames names = names(Spelling.FOLDED, spelled -> spelled.hashCode() % 2 == 0 ? "X-" + spelled : spelled);

        assertThat(names.canonical(name.toUpperCase(Locale.ROOT))).isEqualTo(names.canonical(name));
        assertThat(names.canonical(Normalizer.normalize(name, Normalizer.Form.NFD)))
                .isEqualTo(names.canonical(name));
    }

    @Test
    void aliasesOfOneUserHaveOneCanonicalName() {
        Map<String, String> aliases = Map.of("ann@example.com", "P-17", "+49 30 17", "P-17");
        UserNames names = names(Spelling.FOLDED, name -> aliases.getOrDefault(name, name));

        assertThat(List.of(names.canonical("Ann@Example.com"), names.canonical("+49  30 17"), names.canonical("p-17")))
                .containsOnly("p-17");
        assertThat(names.canonical("bob")).isEqualTo("bob");
    }

    @Test
    void anApplicationThatGivesNoNameIsBroken() {
        for (String none : List.of("", " ", "\u00ad", "a\ud800")) {
            assertThatThrownBy(() -> names(Spelling.FOLDED, name -> none).canonical("ann"))
                    .isInstanceOf(UserLookupException.class);
        }
        assertThatThrownBy(() -> names(Spelling.FOLDED, name -> {
                            throw new IllegalStateException("down");
                        })
                        .canonical("ann"))
                .isInstanceOf(UserLookupException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "ann*",
                "(ann)",
                "a\\2a",
                "ann\u0000",
                "ann\u0000x",
                "a\nb",
                "a\tb",
                "a\u007f",
                "a\u0085",
                "a\ud800",
                "\udc00b",
                "",
                " ",
                "\u00ad",
                "\u200b \u200b"
            })
    void namesThatAStoreMayTakeForSomethingElseAreNotAdmitted(String name) {
        assertThat(FOLDED.isAdmitted(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ann",
                "ann@example.com",
                "O'Brien",
                "\u0130rmak \u015eim\u015fek",
                "\u738b\u5c0f\u660e",
                "a,b=c;d",
                "\ud83d\ude00"
            })
    void ordinaryNamesAreAdmitted(String name) {
        assertThat(FOLDED.isAdmitted(name)).isTrue();
    }

    @Test
    void longNamesAreNotAdmitted() {
        assertThat(FOLDED.isAdmitted("a".repeat(256))).isTrue();
        assertThat(FOLDED.isAdmitted("a".repeat(257))).isFalse();
    }

    @Test
    void settingAdmitsSpecialCharactersAndNoControls() {
        UserNames windows = new UserNames(Spelling.FOLDED, "\\(", UnaryOperator.identity());

        assertThat(windows.isAdmitted("OFFICE\\ann")).isTrue();
        assertThat(windows.isAdmitted("ann (x")).isTrue();
        assertThat(windows.isAdmitted("ann)")).isFalse();
        assertThat(windows.isAdmitted("*")).isFalse();
        assertThat(windows.isAdmitted("ann\u0000")).isFalse();
    }

    @Test
    void whatIsCountedIsBounded() {
        assertThat(UserNames.counted("\ufdfa".repeat(9000)).length()).isLessThan(256 * 19);
    }

    /** Few characters, all of them awkward, so that they meet. */
    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings()
                .withChars(
                        'a', 'A', 'i', 'I', '\u0130', '\u0131', 'j', 's', 'S', '\u017f', '\u00df', '\u1e9e', '\u03c3',
                        '\u03c2', '\u03a3')
                .withChars(
                        '\ufb03', '\uff21', '\u212a', '\u1f80', '\u1f88', '\u1fb4', '\u0390', '\u01f0', '\u01c5',
                        '\u0149', '\u0587')
                .withChars(
                        '\u0301', '\u0307', '\u0308', '\u0323', '\u0345', '\u034f', '\u200d', '\ufe0f', '\u00ad',
                        '\u3164', '\uffa0')
                .withChars(
                        ' ', '\u00a0', '\u3000', '\u00a8', '\ufdfa', '\u0f73', '\u0f71', '\u1100', '\u1161', '\uac00',
                        '\u3099', '\u304b')
                .ofMinLength(1)
                .ofMaxLength(6);
    }
}
