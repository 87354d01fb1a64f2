package dev.postern.demo;

import jakarta.annotation.security.PermitAll;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;

/** Which node answers, and how the page reaches the others and the launcher. Immutable. */
@Path("nodes")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
public class NodesResource {

    /**
     * The ports of this node and of all nodes, and the address of the launcher with the token that it wants. The token
     * is for pages of the nodes, and the launcher refuses all others. Immutable.
     */
    public record Nodes(int here, List<Integer> all, String control, String controlToken) {}

    /** The nodes. */
    @GET
    public Nodes nodes(@Context HttpServletRequest request) {
        DemoNodes nodes = DemoNodes.configured();
        String token = Optional.ofNullable(System.getenv("DESK_CONTROL_TOKEN")).orElse("");
        return new Nodes(request.getLocalPort(), nodes.ports(), nodes.control(), token);
    }
}
