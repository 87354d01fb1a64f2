package dev.postern.demo;

import dev.postern.CurrentUser;
import dev.postern.SessionMetadata;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.Set;

/** Who is calling, as the injected objects of Postern say. For one request thread. */
@Path("me")
@RequestScoped
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
public class MeResource {

    /** Who is calling, and the entries of the login; both empty for an anonymous caller. Immutable. */
    public record Me(boolean anonymous, String name, Set<String> roles, Map<String, String> entries) {}

    @Inject
    CurrentUser user;

    @Inject
    SessionMetadata metadata;

    /** The caller. */
    @GET
    public Me me() {
        return new Me(user.isAnonymous(), user.name(), user.roles(), metadata.entries());
    }
}
