package dev.postern.cdi.settings;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads and checks the values of the settings. Faults are collected, so that one message can list them all; a wrong
 * value is replaced by its default meanwhile.
 *
 * <p>For one thread.
 */
public final class ConfigValues {

    static final String PREFIX = "postern.";

    private final Function<String, Optional<String>> source;
    private final Map<String, String> defaults = new TreeMap<>();
    private final Map<String, String> effective = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();

    /** Reads from a source that takes whole names, such as {@code postern.session.grace}. */
    public ConfigValues(Function<String, Optional<String>> source) {
        this.source = source;
    }

    Duration duration(String key, String standard, String least, String most) {
        String range = "a duration from " + least + " to " + most + ", for instance " + standard;
        return read(key, standard, range, text -> {
            Duration value = Duration.parse(text);
            return isWithin(value, Duration.parse(least), Duration.parse(most)) ? Optional.of(value) : Optional.empty();
        });
    }

    /** A duration; empty if it is not set. */
    Optional<Duration> optionalDuration(String key, String least, String most) {
        String range = "a duration from " + least + " to " + most;
        return read(key, "", range, text -> {
            if (text.isEmpty()) {
                return Optional.of(Optional.<Duration>empty());
            }
            Duration value = Duration.parse(text);
            return isWithin(value, Duration.parse(least), Duration.parse(most))
                    ? Optional.of(Optional.of(value))
                    : Optional.empty();
        });
    }

    int number(String key, int standard, int least, int most) {
        return read(key, Integer.toString(standard), "a number from " + least + " to " + most, text -> {
            int value = Integer.parseInt(text);
            return isWithin(value, least, most) ? Optional.of(value) : Optional.empty();
        });
    }

    boolean flag(String key, boolean standard) {
        return read(key, Boolean.toString(standard), "true or false", text -> switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        });
    }

    <E extends Enum<E>> E choice(String key, E standard) {
        List<E> all = List.of(standard.getDeclaringClass().getEnumConstants());
        String range = "one of "
                + String.join(", ", all.stream().map(ConfigValues::word).toList());
        return read(
                key,
                word(standard),
                range,
                text -> all.stream()
                        .filter(value -> word(value).equals(text.toLowerCase(Locale.ROOT)))
                        .findFirst());
    }

    String text(String key, String standard, Pattern allowed, String range) {
        return read(
                key, standard, range, text -> allowed.matcher(text).matches() ? Optional.of(text) : Optional.empty());
    }

    Optional<String> text(String key, Pattern allowed, String range) {
        String value = text(key, "", Pattern.compile(allowed.pattern() + "|"), range);
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    /** A value that is never repeated in a message or in the log. */
    Optional<String> secret(String key) {
        defaults.put(key, "");
        Optional<String> value = source.apply(PREFIX + key);
        effective.put(key, value.isPresent() ? "(set)" : "");
        return value;
    }

    /** Adds a fault unless a combination of settings is possible. */
    void require(boolean isPossible, String sentence) {
        if (!isPossible) {
            wrong.add(sentence);
        }
    }

    /** The keys that were read, without the prefix, and their defaults; an empty text for keys without a default. */
    Map<String, String> defaults() {
        return Collections.unmodifiableMap(defaults);
    }

    /** The values in effect, for the log; secrets are hidden. */
    Map<String, String> effective() {
        return Collections.unmodifiableMap(effective);
    }

    /** One sentence for each fault. */
    public List<String> wrong() {
        return List.copyOf(wrong);
    }

    private <T> T read(String key, String standard, String range, Function<String, Optional<T>> parser) {
        defaults.put(key, standard);
        String text = source.apply(PREFIX + key).map(String::strip).orElse(standard);
        Optional<T> value = parse(text, parser);
        if (value.isEmpty()) {
            wrong.add(PREFIX + key + " is '" + text + "', and must be " + range + ".");
        }
        effective.put(key, text);
        return value.or(() -> parse(standard, parser)).orElseThrow();
    }

    private static <T> Optional<T> parse(String text, Function<String, Optional<T>> parser) {
        try {
            return parser.apply(text);
        } catch (DateTimeParseException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static <T extends Comparable<T>> boolean isWithin(T value, T least, T most) {
        return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
