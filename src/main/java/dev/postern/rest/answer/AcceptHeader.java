package dev.postern.rest.answer;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The media types that a client accepts, from the header {@code Accept} (RFC 9110, section 12.5.1). Without the header
 * it accepts everything.
 *
 * <p>Immutable.
 */
record AcceptHeader(List<Range> ranges) {

    AcceptHeader {
        ranges = List.copyOf(ranges);
    }

    static AcceptHeader of(@Nullable String header) {
        return header == null
                ? new AcceptHeader(List.of(new Range("*/*", 1)))
                : new AcceptHeader(Stream.of(header.split(",")).map(Range::of).toList());
    }

    /** Whether the client prefers JSON to text. If it likes both as much, JSON is preferred. */
    boolean prefersJson() {
        double json = Math.max(
                quality("application/json"),
                Math.max(quality("application/problem+json"), best(type -> type.endsWith("+json"))));
        return json > 0 && json >= Math.max(quality("text/plain"), quality("text/html"));
    }

    /** The quality of the most specific range that matches. */
    private double quality(String type) {
        return Stream.of(type, type.substring(0, type.indexOf('/')) + "/*", "*/*")
                .filter(each -> ranges.stream().anyMatch(range -> range.type().equals(each)))
                .findFirst()
                .map(each -> best(each::equals))
                .orElse(0.0);
    }

    private double best(Predicate<String> type) {
        return ranges.stream()
                .filter(range -> type.test(range.type()))
                .mapToDouble(Range::quality)
                .max()
                .orElse(0);
    }

    /** A type, or several with a star, and its quality from 0, not accepted, to 1. */
    record Range(String type, double quality) {

        static Range of(String text) {
            String[] parts = text.split(";");
            String type = parts.length == 0 ? "" : parts[0].strip().toLowerCase(Locale.ROOT);
            double quality = Arrays.stream(parts)
                    .skip(1)
                    .map(String::strip)
                    .filter(part -> part.startsWith("q=") || part.startsWith("Q="))
                    .mapToDouble(part -> number(part.substring(2)))
                    .findFirst()
                    .orElse(1);
            return new Range(type, quality);
        }

        /** The quality; 0 if the text is no number. */
        private static double number(String text) {
            return text.matches("[01](\\.\\d{0,3})?") ? Double.parseDouble(text) : 0;
        }
    }
}
