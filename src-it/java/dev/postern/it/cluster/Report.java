package dev.postern.it.cluster;

import dev.postern.it.FaultReport;
import dev.postern.it.Rig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The table of the rounds in {@code target/faults}, with a picture for each.
 *
 * <p>For one thread.
 */
final class Report {

    private static final String HEAD = """
            ## Three nodes of %s under load

            Columns from *wrong user* to *other* count findings of the checker; of the last five, in brackets, those on nodes to which
            nothing was being done. *window*: for how long after a fault the other nodes answered 503. The goal: nobody is anybody else, no session is
            lost, refused or revived, nobody gets a token who had none, and every node knows each session in the end.

            | round | requests | per second | sessions | p50 | p99 | p99.9 | max, ms | wrong user | lost | revived | stray token | \
            401 | 403 | 503 | 503 with a token | no answer | other | window, ms | verdict |
            |--|--|--|--|--|--|--|--|--|--|--|--|--|--|--|--|--|--|--|--|
            """;

    private final Path directory = FaultReport.directory();
    private final StringBuilder text = new StringBuilder();
    private final String server;
    private final String part = "http-" + Rig.value("it.server");

    Report(Server server) {
        this.server = server.name();
        text.append(HEAD.formatted(server.name()));
    }

    /** Adds a row, and the picture of the round. */
    void add(String round, Verdict verdict) throws IOException {
        String picture = part + "-" + round.replace(' ', '-') + ".svg";
        Files.writeString(directory.resolve(picture), new Timeline(verdict).svg(server + ", " + round));
        String row = "| [" + round + "](" + picture + ") | " + figures(verdict) + " | "
                + (verdict.isGood() ? "met" : "**missed**") + " |\n";
        text.append(row);
        FaultReport.write(part, text.toString());
        System.out.println(row + verdict);
    }

    private static String figures(Verdict verdict) {
        return String.format(
                Locale.ROOT,
                "%d | %.0f | %d | %.1f | %.0f | %.0f | %.0f | %s | %s | %.0f",
                verdict.calls().size(),
                verdict.calls().size() / verdict.seconds(),
                verdict.sessions(),
                verdict.quantile(0.5),
                verdict.quantile(0.99),
                verdict.quantile(0.999),
                verdict.quantile(1),
                counts(verdict, false, Finding.WRONG_USER, Finding.LOST, Finding.REVIVED, Finding.STRAY_TOKEN)
                        + " | "
                        + counts(verdict, false, Finding.UNKNOWN_401),
                counts(
                        verdict,
                        true,
                        Finding.FORBIDDEN_403,
                        Finding.UNAVAILABLE_503,
                        Finding.TOKEN_WITH_503,
                        Finding.NO_ANSWER,
                        Finding.OTHER_STATUS),
                verdict.window());
    }

    private static String counts(Verdict verdict, boolean withElsewhere, Finding... findings) {
        return String.join(
                " | ",
                List.of(findings).stream()
                        .map(finding -> verdict.of(finding).size()
                                + (withElsewhere
                                        ? " (" + verdict.elsewhere(finding).size() + ")"
                                        : ""))
                        .toList());
    }
}
