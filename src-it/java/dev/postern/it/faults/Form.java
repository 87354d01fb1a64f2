package dev.postern.it.faults;

import dev.postern.it.Rig;
import dev.postern.it.rig.Trial;
import dev.postern.it.rig.net.Namespaces;
import dev.postern.it.rig.node.Cluster;
import dev.postern.it.rig.report.ScenarioReport;
import dev.postern.it.rig.report.ScenarioReport.Row;
import org.junit.jupiter.api.Assumptions;

/** The short form of the rig and the long one: their tags, and how many rounds a scenario has. */
final class Form {

    /** Scenarios of this rig. */
    static final String FAULTS = "faults";

    /** Those that run on the nodes of real servers too, at night. */
    static final String ON_SERVERS = "on-servers";

    /** Scenarios that the short form leaves out. */
    static final String LONG = "long";

    /** How many times a goal in milliseconds may be missed by before a test fails: it is no test of the machine. */
    static final int BEARABLE = 4;

    private Form() {}

    /** A property of the build for each scenario. */
    static int rounds(String what) {
        return Integer.parseInt(Rig.value("it.faults." + what));
    }

    /** The namespaces for the nodes; aborts the test, with a row in the report, where this machine has none. */
    static Namespaces namespaces(String scenario) {
        if (!Namespaces.areAvailable()) {
            ScenarioReport report = Trial.reportOnMembers();
            report.add(report.directory(scenario), new Row(0, "", "", "not run: no network namespaces"));
            Assumptions.abort("not run: no network namespaces");
        }
        return new Namespaces(Cluster.NODES);
    }
}
