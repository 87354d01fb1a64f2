package dev.postern.http.answer;

import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.util.Map;

/**
 * The JSON provider, found once: each call of {@code jakarta.json.Json} searches the class path of the application
 * again (PY-32).
 *
 * <p>It is searched from the class loader of this class, never from that of a request. So a jar that several web
 * modules share keeps none of their class loaders. Safe for concurrent use.
 */
public final class JsonFactory {

    private static final JsonProvider PROVIDER = provider();

    /** Makes builders of objects and arrays. */
    public static final JsonBuilderFactory BUILDERS = PROVIDER.createBuilderFactory(Map.of());

    /** How many objects and arrays may be in one another; tokens and keys have three. */
    public static final int MOST_NESTED = 32;

    private JsonFactory() {}

    /**
     * The object in a text that anybody may have written.
     *
     * @throws RuntimeException if the text is no JSON object, or has more than {@link #MOST_NESTED} objects and arrays
     *     in one another; each provider has exceptions of its own
     */
    public static JsonObject object(String text) {
        requireFlat(text);
        try (JsonReader reader = PROVIDER.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    /** Providers read what is nested by recursion, some without a limit. Their parsers only count. */
    private static void requireFlat(String text) {
        try (JsonParser parser = PROVIDER.createParser(new StringReader(text))) {
            int depth = 0;
            while (parser.hasNext()) {
                depth += switch (parser.next()) {
                    case START_OBJECT, START_ARRAY -> 1;
                    case END_OBJECT, END_ARRAY -> -1;
                    default -> 0;
                };
                if (depth > MOST_NESTED) {
                    throw new JsonException("The text has objects or arrays too deep in one another.");
                }
            }
        }
    }

    private static JsonProvider provider() {
        Thread thread = Thread.currentThread();
        ClassLoader loader = thread.getContextClassLoader();
        thread.setContextClassLoader(JsonFactory.class.getClassLoader());
        try {
            return JsonProvider.provider();
        } finally {
            thread.setContextClassLoader(loader);
        }
    }
}
