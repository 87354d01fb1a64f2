package dev.postern.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.PosternException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DialectTest {

    private static final Path SCRIPTS = Path.of("server-config/database");

    private static Stream<Dialect> all() {
        return Stream.of(Dialect.POSTGRESQL, Dialect.MYSQL, Dialect.H2);
    }

    @Test
    void eachProductHasOne() {
        assertThat(Dialect.of("PostgreSQL")).isSameAs(Dialect.POSTGRESQL);
        assertThat(Dialect.of("MySQL")).isSameAs(Dialect.MYSQL);
        assertThat(Dialect.of("MariaDB")).isSameAs(Dialect.MYSQL);
        assertThat(Dialect.of("H2")).isSameAs(Dialect.H2);
    }

    @Test
    void anotherProductIsRefusedByItsName() {
        assertThatThrownBy(() -> Dialect.of("Apache Derby"))
                .isInstanceOf(PosternException.class)
                .hasMessage("The data source of postern.store.data-source leads to Apache Derby, and the store knows"
                        + " PostgreSQL, MySQL, MariaDB and H2 alone.");
    }

    @Test
    void onlyMySqlGivesStatementsNoTime() {
        assertThat(all().filter(dialect -> !dialect.hasQueryTimeout())).containsExactly(Dialect.MYSQL);
    }

    @Test
    void aStatementHasThePlacesOfEachRow() {
        assertThat(all().flatMap(dialect -> Stream.of(dialect.end(), dialect.write(), dialect.remember()))
                        .map(insert -> insert.text(3)))
                .allSatisfy(text ->
                        assertThat(text.chars().filter(letter -> letter == '?')).hasSize(21));
    }

    @Test
    void theJarHasTheScriptsThatOperatorsRun() throws IOException {
        for (Dialect dialect : all().toList()) {
            assertThat(inTheJar(dialect.script()))
                    .as(dialect.script())
                    .isEqualTo(Files.readString(SCRIPTS.resolve(dialect.script())));
        }
    }

    @Test
    void eachScriptIsThatOfADialect() throws IOException {
        try (Stream<Path> files = Files.list(SCRIPTS)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            all().map(Dialect::script).toList());
        }
    }

    @Test
    void theScriptsMakeTheSameTables() throws IOException {
        Set<Set<String>> tables = all().map(Dialect::script)
                .map(DialectTest::inTheJar)
                .map(DialectTest::columns)
                .collect(Collectors.toSet());

        assertThat(tables).hasSize(1);
        assertThat(tables.iterator().next()).hasSize(13).contains("row_key", "bytes", "begun", "cleaned");
    }

    private static Set<String> columns(String script) {
        return script.lines()
                .filter(line -> line.matches(" {4}[a-z].* NOT NULL,?|.*user_handle VARCHAR.*"))
                .map(line -> line.strip().replaceFirst(" .*", ""))
                .collect(Collectors.toSet());
    }

    private static String inTheJar(String script) {
        try (InputStream in = Dialect.class.getResourceAsStream(script)) {
            assertThat(in).as(script).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
