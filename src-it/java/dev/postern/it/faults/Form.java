package dev.postern.it.faults;

import org.junit.jupiter.api.Assumptions;

/** How many rounds a scenario has in this form of the rig: a property of the build for each, 0 to leave it out. */
final class Form {

    private Form() {}

    static int rounds(String what) {
        int rounds = Integer.getInteger("it.faults." + what, 1);
        Assumptions.assumeTrue(rounds > 0, "not in this form");
        return rounds;
    }

    /** The namespaces for the nodes; aborts the test, with a row in the report, where this machine has none. */
    static Namespaces namespaces(String scenario) {
        if (!Namespaces.areAvailable()) {
            Report.add(
                    Report.directory(scenario), new Report.Row(scenario, 0, "", "", "not run: no network namespaces"));
            Assumptions.abort("not run: no network namespaces");
        }
        return new Namespaces(Cluster.NODES);
    }
}
