package dev.postern;

import dev.postern.testing.Documents;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tables of the documents whose rows are held to tests. */
enum PromiseTable {
    CONFORMANCE("Conformance", "project/conformance.md", "[PX]-\\d+", true),
    SECURITY("Security", "security.md", "S-\\d+", true),
    LEASED_COPIES("Leased copies", "how-it-works.md", "L\\d+", false),
    INVARIANTS("Invariants", "platform-facts.md", "I\\d+", false),
    GOALS("Goals", "platform-facts.md", "G\\d+", false);

    private final String title;
    private final Path page;
    private final Pattern row;
    private final boolean hasState;

    PromiseTable(String title, String page, String id, boolean hasState) {
        this.title = title;
        this.page = Documents.PAGES.resolve(page);
        this.row = Pattern.compile("^\\| (" + id + ") \\|(?:.* \\|)? (.+) \\|$", Pattern.MULTILINE);
        this.hasState = hasState;
    }

    /**
     * A row.
     *
     * @param isTested whether the table calls it tested; a table without a column for that means all its rows
     */
    record Promise(String id, boolean isTested) {}

    /** The promises of all tables. */
    static Stream<Promise> all() {
        return Stream.of(values()).flatMap(table -> table.promises().stream());
    }

    String title() {
        return title;
    }

    Path page() {
        return page;
    }

    List<Promise> promises() {
        return row.matcher(Documents.text(page))
                .results()
                .map(found ->
                        new Promise(found.group(1), !hasState || found.group(2).startsWith("tested")))
                .toList();
    }
}
