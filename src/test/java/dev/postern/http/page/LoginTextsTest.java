package dev.postern.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LoginTextsTest {

    private static LoginTexts texts(Map<String, String> files) {
        return LoginTexts.of(name -> stream(files.get(name)));
    }

    private static @Nullable InputStream stream(@Nullable String text) {
        return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String title(LoginTexts texts, String... languages) {
        return texts.in(List.of(languages).stream().map(Locale::forLanguageTag).toList())
                .get("title");
    }

    /** A sentence is taken as it is written: an apostrophe and other brackets have no meaning. */
    @Test
    void putsTheTimeIntoASentenceOfTheApplication() {
        LoginTexts.Texts french = texts(Map.of(
                        "postern-login_fr.properties",
                        "throttled=Trop d'essais {ici}. Attendez {0}.\nsecond=1 seconde"))
                .in(List.of(Locale.FRENCH));

        assertThat(french.after("throttled", Duration.ofSeconds(1)))
                .isEqualTo("Trop d'essais {ici}. Attendez 1 seconde.");
        assertThat(french.after("throttled", Duration.ofSeconds(9)))
                .isEqualTo("Trop d'essais {ici}. Attendez 9 seconds.");
    }

    @Test
    void speaksTheFirstLanguageThatItKnows() {
        LoginTexts ours = texts(Map.of());

        assertThat(title(ours)).isEqualTo("Sign in");
        assertThat(title(ours, "en-GB")).isEqualTo("Sign in");
        assertThat(title(ours, "de-AT")).isEqualTo("Anmelden");
        assertThat(title(ours, "fr", "de", "en")).isEqualTo("Anmelden");
        assertThat(title(ours, "fr", "ja")).isEqualTo("Sign in");
        assertThat(ours.in(List.of(Locale.GERMANY)).get("wrong")).isEqualTo("Benutzername oder Passwort ist falsch.");
    }

    @Test
    void textsOfTheApplicationComeFirst() {
        LoginTexts theirs = texts(Map.of(
                "postern-login.properties", "title=Shop",
                "postern-login_fr.properties", "title=Boutique\nusername=Identité"));

        assertThat(title(theirs)).isEqualTo("Shop");
        assertThat(title(theirs, "de")).isEqualTo("Shop");
        assertThat(title(theirs, "fr")).isEqualTo("Boutique");
        assertThat(theirs.in(List.of(Locale.FRENCH)).get("username")).isEqualTo("Identité");
        assertThat(theirs.in(List.of(Locale.FRENCH)).get("password")).isEqualTo("Password");
        assertThat(theirs.in(List.of(Locale.GERMAN)).get("password")).isEqualTo("Passwort");
    }

    @Test
    void saysHowLongToWait() {
        LoginTexts.Texts english = texts(Map.of()).in(List.of());

        assertThat(english.after("throttled", Duration.ofMillis(200)))
                .isEqualTo("Too many sign-ins have failed. Try again in 1 second.");
        assertThat(english.after("throttled", Duration.ofMillis(14_001))).contains("in 15 seconds.");
        assertThat(english.after("often", Duration.ofSeconds(90))).contains("in 90 seconds.");
        assertThat(english.after("often", Duration.ofSeconds(91))).contains("in 2 minutes.");
    }

    @Test
    void bothLanguagesHaveTheSameKeys() throws Exception {
        assertThat(keys("login_de.properties")).isEqualTo(keys("login.properties"));
    }

    private static Iterable<Object> keys(String name) throws Exception {
        Properties file = new Properties();
        try (InputStream stream = LoginTexts.class.getResourceAsStream(name)) {
            file.load(stream);
        }
        return file.keySet();
    }
}
