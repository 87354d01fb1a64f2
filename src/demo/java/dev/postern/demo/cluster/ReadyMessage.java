package dev.postern.demo.cluster;

import java.util.List;
import java.util.stream.Collectors;

/** What the demo prints when both nodes answer. Immutable. */
record ReadyMessage(List<DemoNode> nodes) {

    private static final String TEXT = """

            Both nodes are ready, as one cluster. Open either of them:

            %s

            Sign in as   password     allowed to
            ada          ada-demo     customer: place orders, see her own
            ben          ben-demo     customer: place orders, see his own
            clara        clara-demo   clerk: see all orders, ship them
            mona         mona-demo    clerk and manager: also cancel orders, end sessions, change roles

            A login on one node is a login on the other, also after one of them was killed.
            The page can kill, freeze and start them. Ctrl-C stops both.
            """;

    String text() {
        return TEXT.formatted(nodes.stream().map(ReadyMessage::line).collect(Collectors.joining("\n")));
    }

    private static String line(DemoNode node) {
        return "  http://localhost:%d/   (process %d, log %s)".formatted(node.port(), node.pid(), node.log());
    }
}
