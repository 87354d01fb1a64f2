package dev.postern.http.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Session;
import dev.postern.http.endpoint.SessionJson;
import dev.postern.testing.Documents;
import dev.postern.testing.TestResponse;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The statuses and bodies in {@code reference/http.md} are those of the code. */
class DocsAnswersTest {

    private static final Path PAGE = Documents.PAGES.resolve("reference/http.md");
    private static final Path MAIN = Path.of("src/main/java");

    private static final Pattern ROW = Pattern.compile("^\\| (\\d{3}) \\| \\S.*\\|$", Pattern.MULTILINE);
    private static final Pattern SECTION = Pattern.compile("^### (\\d{3})$", Pattern.MULTILINE);
    private static final Pattern CONTINUED = Pattern.compile("\"\\s*\\+\\s*\"");
    private static final Set<String> SUCCESSES = Set.of("200", "201", "204", "303");

    @Test
    void everyStatusHasARowAndASection() throws IOException {
        Set<String> expected = new TreeSet<>(SUCCESSES);
        problems().values().forEach(problem -> expected.add(Integer.toString(problem.getInt("status"))));

        assertThat(first(ROW)).isEqualTo(expected);
        assertThat(first(SECTION)).isEqualTo(expected);
    }

    @Test
    void everyProblemHasAnExampleWithItsTitleAndASentenceOfTheCode() throws IOException {
        List<JsonObject> examples = examples().stream()
                .filter(example -> example.containsKey("detail"))
                .toList();
        String code = code();

        assertThat(examples).hasSameSizeAs(problems().keySet());
        for (JsonObject example : examples) {
            assertThat(problems()).containsKey(example.getInt("status"));
            JsonObject problem = problems().getOrDefault(example.getInt("status"), JsonObject.EMPTY_JSON_OBJECT);
            assertThat(example.getString("title")).isEqualTo(problem.getString("title"));
            assertThat(example.keySet()).isEqualTo(problem.keySet());
            String sentence = '"' + example.getString("detail") + '"';
            assertThat(code.contains(sentence)).as(sentence).isTrue();
        }
    }

    @Test
    void sessionIsWrittenAsTheExampleShows() {
        JsonObject example = examples().stream()
                .filter(any -> any.containsKey("handle"))
                .findFirst()
                .orElseThrow();
        Map<String, String> metadata = example.getJsonObject("metadata").entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> ((JsonString) entry.getValue()).getString()));
        Set<String> roles = new HashSet<>();
        example.getJsonArray("roles").getValuesAs(JsonString.class).forEach(role -> roles.add(role.getString()));
        Set<String> methods = new HashSet<>();
        example.getJsonArray("amr").getValuesAs(JsonString.class).forEach(method -> methods.add(method.getString()));
        Session session = new Session(
                example.getString("handle"),
                new Session.User(example.getString("user"), roles),
                new Session.Times(
                        time(example, "createdAt"),
                        time(example, "authenticatedAt"),
                        time(example, "insertedAt"),
                        time(example, "lastSeenAt"),
                        time(example, "expiresAt")),
                methods,
                metadata,
                example.getBoolean("current"));

        assertThat(SessionJson.ofCurrent(session, Optional.empty()).toString()).isEqualTo(example.toString());
    }

    private static Instant time(JsonObject example, String name) {
        return Instant.parse(example.getString(name));
    }

    private static Set<String> first(Pattern pattern) {
        return pattern.matcher(Documents.text(PAGE))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<JsonObject> examples() {
        return Documents.blocks("json").stream()
                .filter(block -> block.page().equals(PAGE))
                .map(block -> JsonFactory.object(block.text()))
                .toList();
    }

    /** What the endpoints write for each problem, by its status. */
    private static Map<Integer, JsonObject> problems() throws IOException {
        Map<Integer, JsonObject> problems = new TreeMap<>();
        for (ErrorAnswer problem : ErrorAnswer.values()) {
            TestResponse response = new TestResponse();
            problem.write(response.get(), "A sentence.");
            problems.put(response.status(), JsonFactory.object(response.text()));
        }
        return problems;
    }

    /** The sources, with each text that is written in parts as one. */
    private static String code() throws IOException {
        try (Stream<Path> files = Files.walk(MAIN)) {
            String all = files.filter(file -> file.toString().endsWith(".java"))
                    .map(DocsAnswersTest::read)
                    .collect(Collectors.joining());
            return CONTINUED.matcher(all).replaceAll("");
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
