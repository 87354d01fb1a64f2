package dev.postern.http.answer;

import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonReader;
import jakarta.json.spi.JsonProvider;
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

    private JsonFactory() {}

    /** A reader of the text. */
    public static JsonReader reader(String text) {
        return PROVIDER.createReader(new StringReader(text));
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
