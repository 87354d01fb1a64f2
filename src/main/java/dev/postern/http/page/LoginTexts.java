package dev.postern.http.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The sentences of the login page in the languages that there are. {@code login.properties} has those in English and
 * {@code login_de.properties} those in German. A file {@code postern-login.properties} of the application comes before
 * them in every language, and {@code postern-login_fr.properties} before that in French. All are in UTF-8.
 *
 * <p>Immutable.
 */
final class LoginTexts {

    private static final String OURS = "login";
    private static final String THEIRS = "postern-login";
    private static final Set<String> OUR_LANGUAGES = Set.of("en", "de");
    private static final Locale FALLBACK = Locale.ENGLISH;

    /** Of a longer list of preferences the rest is ignored. */
    private static final int MOST_PREFERENCES = 10;

    private final Map<String, Texts> languages;

    private LoginTexts(Map<String, Texts> languages) {
        this.languages = Map.copyOf(languages);
    }

    /**
     * The texts of Postern and those of an application.
     *
     * @param resources opens a resource of the application by its name; null if there is none
     * @throws UncheckedIOException if a file cannot be read
     */
    static LoginTexts of(Function<String, @Nullable InputStream> resources) {
        Properties english = ours(FALLBACK.getLanguage(), new Properties());
        Map<String, Texts> languages = new HashMap<>();
        for (String language : Locale.getISOLanguages()) {
            InputStream special = resources.apply(THEIRS + "_" + language + ".properties");
            if (special != null || OUR_LANGUAGES.contains(language)) {
                Properties ours = ours(language, english);
                Properties theirs = read(resources.apply(THEIRS + ".properties"), ours);
                languages.put(language, new Texts(Locale.forLanguageTag(language), read(special, theirs)));
            }
        }
        return new LoginTexts(languages);
    }

    private static Properties ours(String language, Properties english) {
        return switch (language) {
            case "en" -> read(LoginTexts.class.getResourceAsStream(OURS + ".properties"), english);
            case "de" -> read(LoginTexts.class.getResourceAsStream(OURS + "_de.properties"), english);
            default -> english;
        };
    }

    private static Properties read(@Nullable InputStream file, Properties otherwise) {
        Properties texts = new Properties(otherwise);
        if (file != null) {
            try (InputStreamReader reader = new InputStreamReader(file, StandardCharsets.UTF_8)) {
                texts.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException("The texts of the login page cannot be read.", e);
            }
        }
        return texts;
    }

    /** The texts in the first of these languages that there is, or in English. */
    Texts in(List<Locale> preferred) {
        return preferred.stream()
                .limit(MOST_PREFERENCES)
                .map(locale -> languages.get(locale.getLanguage()))
                .filter(texts -> texts != null)
                .findFirst()
                .orElseGet(() -> languages.get(FALLBACK.getLanguage()));
    }

    /** The sentences in one language. */
    record Texts(Locale locale, Properties sentences) {

        /** The sentence; the key itself if an application has taken it away. */
        String get(String key) {
            return sentences.getProperty(key, key);
        }

        /** The sentence with the time that has to pass, in whole seconds or in whole minutes, rounded up. */
        String after(String key, Duration wait) {
            long seconds = Math.max(1, wait.plusNanos(999_999_999).toSeconds());
            String time = seconds == 1
                    ? get("second")
                    : seconds <= 90 ? with("seconds", seconds) : with("minutes", (seconds + 59) / 60);
            return with(key, time);
        }

        private String with(String key, Object value) {
            return get(key).replace("{0}", value.toString());
        }
    }
}
