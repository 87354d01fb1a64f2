package dev.postern.demo;

import jakarta.annotation.security.PermitAll;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which node this is, and on which ports of this machine the nodes are. The system property {@code desk.nodes}
 * names other ports than 8080 and 8081. Immutable.
 */
@Path("nodes")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
public class NodesResource {

    /** The ports of this node and of all nodes. Immutable. */
    public record Nodes(int here, List<Integer> all) {}

    /** The nodes. */
    @GET
    public Nodes nodes(@Context HttpServletRequest request) {
        return new Nodes(
                request.getLocalPort(),
                Stream.of(System.getProperty("desk.nodes", "8080,8081").split(","))
                        .map(Integer::valueOf)
                        .toList());
    }
}
