package dev.postern.it.rig.report;

import java.util.List;

/**
 * A table in Markdown.
 *
 * <p>For one thread.
 */
public final class Table {

    private final StringBuilder text = new StringBuilder();

    public Table(String... heads) {
        row(List.of(heads));
        text.append("|--".repeat(heads.length)).append("|\n");
    }

    public Table row(String... cells) {
        return row(List.of(cells));
    }

    public Table row(List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
