package dev.postern;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.testing.Documents;
import dev.postern.testing.Documents.Block;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** The Java in the documents is Java, and the XML is XML. */
class DocsCodeTest {

    private static final Pattern CLASS = Pattern.compile("public (?:final )?class (\\w+)");
    private static final Pattern PACKAGE = Pattern.compile("package (\\w+);");
    private static final Pattern DEPENDENCY = Pattern.compile(
            "<groupId>dev\\.postern</groupId>\\s*<artifactId>postern</artifactId>\\s*<version>([^<]+)</version>");
    private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");

    private static final Pattern WEBAUTHN = Pattern.compile("<webauthn4j.version>([^<]+)<");

    /** What a reader's editor would add, except where two packages have the same name for a type. */
    private static final String IMPORTS = List.of(
                    "dev.postern.*",
                    "java.io.IOException",
                    "java.net.URI",
                    "java.net.http.*",
                    "java.util.*",
                    "java.util.concurrent.*",
                    "jakarta.annotation.security.*",
                    "jakarta.enterprise.context.*",
                    "jakarta.enterprise.event.*",
                    "jakarta.inject.*",
                    "jakarta.persistence.*",
                    "jakarta.security.enterprise.*",
                    "jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters",
                    "jakarta.security.enterprise.credential.*",
                    "jakarta.security.enterprise.identitystore.*",
                    "jakarta.servlet.annotation.*",
                    "jakarta.servlet.http.*",
                    "jakarta.websocket.OnOpen",
                    "jakarta.websocket.Session",
                    "jakarta.websocket.server.ServerEndpoint",
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

    /** Pages may have classes of one name, so each is compiled by itself. */
    @Test
    void everyBlockCompiles() {
        Map<Path, List<Block>> pages =
                Documents.blocks("java").stream().collect(Collectors.groupingBy(Block::page, TreeMap::new, toList()));

        assertThat(pages.keySet())
                .contains(Documents.README, Documents.PAGES.resolve("start.md"))
                .hasSizeGreaterThan(12);
        pages.forEach((page, blocks) ->
                assertThat(errors(sources(blocks))).as(page.toString()).isEmpty());
    }

    @Test
    void blockWithAMistakeDoesNot() {
        String wrong = "```java\npublic class Wrong { CurrentUsr user; }\n```\n";

        assertThat(errors(sources(Documents.blocks(Documents.README, wrong).toList())))
                .hasSize(1);
    }

    @Test
    void everyBlockOfXmlIsWellFormed() {
        assertThat(Documents.blocks("xml"))
                .hasSizeGreaterThan(3)
                .allSatisfy(block ->
                        assertThat(isXml(block.text())).as(block.toString()).isTrue());
    }

    @Test
    void blockOfXmlWithAMistakeIsNot() {
        assertThat(isXml("<a><b></a>")).isFalse();
    }

    @Test
    void dependencyIsOfTheVersionThatIsBuilt() {
        Matcher version = VERSION.matcher(Documents.text(Path.of("pom.xml")));
        assertThat(version.find()).isTrue();
        List<String> named = Documents.blocks("xml").stream()
                .map(block -> DEPENDENCY.matcher(block.text()))
                .filter(Matcher::find)
                .map(dependency -> dependency.group(1))
                .toList();

        assertThat(named).hasSize(2).containsOnly(version.group(1));
    }

    @Test
    void passkeysAreShownWithTheVersionThatCompiles() {
        Matcher version = WEBAUTHN.matcher(Documents.text(Path.of("src/pom.xml")));
        assertThat(version.find()).isTrue();

        assertThat(Documents.text(Documents.PAGES.resolve("guide/second-factor.md")))
                .contains("<artifactId>webauthn4j-core</artifactId>\n  <version>" + version.group(1) + "</version>");
    }

    private static boolean isXml(String text) {
        try {
            DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
            builder.setErrorHandler(null);
            builder.parse(new InputSource(new StringReader(text)));
            return true;
        } catch (SAXException e) {
            return false;
        } catch (IOException | ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Source> sources(List<Block> blocks) {
        List<Source> sources = new ArrayList<>(List.of(CUSTOMER));
        for (Block block : blocks) {
            Matcher name = CLASS.matcher(block.text());
            assertThat(name.find()).as(block.toString()).isTrue();
            Matcher inPackage = PACKAGE.matcher(block.text());
            sources.add(
                    inPackage.find()
                            ? new Source(inPackage.group(1) + "/" + name.group(1), block.text())
                            : new Source(name.group(1), IMPORTS + block.text()));
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
