package dev.postern.http.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.Session;
import dev.postern.http.endpoint.SessionJson;
import dev.postern.testing.TestResponse;
import jakarta.json.JsonException;
import java.io.IOException;
import java.net.URL;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("B2")
class JsonFactoryTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    /** What a class loader is asked for. */
    private static final class AskedLoader extends ClassLoader {

        private final List<String> asked = new ArrayList<>();

        AskedLoader(ClassLoader parent) {
            super(parent);
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            asked.add(name);
            return super.getResources(name);
        }
    }

    @Test
    void writingAndReadingSearchesNoProvider() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        AskedLoader loader = new AskedLoader(before);
        thread.setContextClassLoader(loader);
        try {
            TestResponse response = new TestResponse();
            SessionJson.write(List.of(session(), session()), response.get());
            assertThat(response.status()).isEqualTo(200);
            ErrorAnswer.NOT_FOUND.write(response.get(), "You have no such session.");
            assertThat(response.status()).isEqualTo(404);
            assertThat(JsonFactory.object("{\"username\":\"ann\"}")).containsKey("username");
        } finally {
            thread.setContextClassLoader(before);
        }
        assertThat(loader.asked).isEmpty();
    }

    @Test
    @Tag("S-18")
    void readsWhatIsNestedOnlyToALimit() {
        assertThat(JsonFactory.object(nested(JsonFactory.MOST_NESTED))).containsKey("a");
        for (int depth : new int[] {JsonFactory.MOST_NESTED + 1, 1000, 100_000}) {
            assertThatThrownBy(() -> JsonFactory.object(nested(depth)))
                    .isInstanceOf(JsonException.class)
                    .hasMessageContaining("too deep");
        }
    }

    @Test
    void bracketsInTextsAreNotNested() {
        assertThat(JsonFactory.object("{\"a\":\"" + "[{\\\"".repeat(100) + "\",\"b\":[[],[],{}]}"))
                .containsOnlyKeys("a", "b");
    }

    /** Objects in one another, in a text as deep as that. */
    private static String nested(int depth) {
        return "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
    }

    private static Session session() {
        return new Session(
                "handle",
                new Session.User("ann", Set.of("clerk")),
                new Session.Times(NOW, NOW, NOW, NOW, NOW),
                Set.of("pwd"),
                Map.of("address", "192.0.2.1"),
                false);
    }
}
