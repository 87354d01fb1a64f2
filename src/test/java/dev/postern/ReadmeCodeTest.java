package dev.postern;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of the README is Java. */
class ReadmeCodeTest {

    private static final Pattern BLOCK = Pattern.compile("^```java\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern CLASS = Pattern.compile("public class (\\w+)");

    /** What a reader's editor would add, except where two packages have the same name for a type. */
    private static final String IMPORTS = List.of(
                    "dev.postern.*",
                    "java.util.*",
                    "java.util.concurrent.*",
                    "jakarta.annotation.security.*",
                    "jakarta.enterprise.context.*",
                    "jakarta.enterprise.event.*",
                    "jakarta.inject.*",
                    "jakarta.persistence.*",
                    "jakarta.security.enterprise.credential.*",
                    "jakarta.security.enterprise.identitystore.*",
                    "jakarta.websocket.OnOpen",
                    "jakarta.websocket.Session",
                    "jakarta.websocket.server.*",
                    "jakarta.ws.rs.*",
                    "jakarta.ws.rs.container.*",
                    "jakarta.ws.rs.core.Application",
                    "jakarta.ws.rs.core.MediaType",
                    "jakarta.ws.rs.sse.*",
                    "java.lang.annotation.Annotation")
            .stream()
            .map(name -> "import " + name + ";\n")
            .collect(Collectors.joining());

    private static final Source CUSTOMER =
            new Source("Customer", "public interface Customer { boolean isActive(); boolean isClerk(); }");

    /** One type in memory. */
    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name + Kind.SOURCE.extension), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    @TempDir
    private Path classes = Path.of("");

    @Test
    void everyBlockCompiles() throws IOException {
        List<Source> sources = sources(Files.readString(Path.of("README.md")));

        assertThat(sources).hasSizeGreaterThan(3);
        assertThat(errors(sources)).isEmpty();
    }

    @Test
    void blockWithAMistakeDoesNot() {
        assertThat(errors(sources("```java\npublic class Wrong { CurrentUsr user; }\n```\n")))
                .hasSize(1);
    }

    private static List<Source> sources(String document) {
        List<Source> sources = new ArrayList<>(List.of(CUSTOMER));
        Matcher block = BLOCK.matcher(document);
        while (block.find()) {
            Matcher name = CLASS.matcher(block.group(1));
            assertThat(name.find()).as(block.group(1)).isTrue();
            sources.add(new Source(name.group(1), IMPORTS + block.group(1)));
        }
        return sources;
    }

    private List<String> errors(List<Source> sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        List<String> options = List.of("-proc:none", "-implicit:none", "-d", classes.toString());
        JavaCompiler.CompilationTask task = compiler.getTask(null, null, said, options, null, sources);
        boolean isDone = task.call();
        List<String> errors = said.getDiagnostics().stream()
                .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
                .map(Object::toString)
                .toList();
        assertThat(isDone).isEqualTo(errors.isEmpty());
        return errors;
    }
}
