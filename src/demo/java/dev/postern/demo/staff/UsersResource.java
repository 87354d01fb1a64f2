package dev.postern.demo.staff;

import dev.postern.SessionCount;
import dev.postern.Sessions;
import dev.postern.UserPage;
import dev.postern.demo.Refusal;
import dev.postern.demo.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The manager's list of users with sessions, which ends sessions and changes roles. For one request thread. */
@Path("users")
@RequestScoped
@RolesAllowed(Role.MANAGER)
@Produces(MediaType.APPLICATION_JSON)
public class UsersResource {

    /** Few, so that the demo has a second page. */
    private static final int USERS_ON_A_PAGE = 3;

    /** A user with sessions; times in ISO-8601. Immutable. */
    public record SignedIn(String name, Set<String> roles, int sessions, String lastSeenAt) {}

    /** A page of users, and where the next one begins; empty text when this is the last. Immutable. */
    public record Page(List<SignedIn> users, String next, long allUsers, long allSessions) {}

    @Inject
    Sessions sessions;

    @Inject
    DeskUsers users;

    /** The users who have sessions; {@code after} is what the page before gave as {@code next}. */
    @GET
    public Page page(@QueryParam("after") @Nullable String after) {
        UserPage page = after == null || after.isEmpty()
                ? sessions.users(USERS_ON_A_PAGE)
                : sessions.users(after, USERS_ON_A_PAGE);
        SessionCount count = sessions.count();
        return new Page(
                page.users().stream().map(this::describe).toList(),
                page.next().orElse(""),
                count.users(),
                count.sessions());
    }

    /** Ends all sessions of the user. */
    @DELETE
    @Path("{name}/sessions")
    public void endAll(@PathParam("name") String name) {
        sessions.revokeAll(known(name).name());
    }

    /** Makes the user a clerk. */
    @PUT
    @Path("{name}/clerk")
    public void giveClerk(@PathParam("name") String name) {
        users.give(known(name).name(), Role.CLERK);
    }

    /** Takes the role of a clerk away: the user's next request on any node is without it. */
    @DELETE
    @Path("{name}/clerk")
    public void takeClerk(@PathParam("name") String name) {
        users.take(known(name).name(), Role.CLERK);
    }

    private SignedIn describe(UserPage.SignedInUser user) {
        Set<String> roles = users.load(user.name()).map(DeskUser::roles).orElse(Set.of());
        return new SignedIn(
                user.name(), roles, user.sessions(), user.lastSeenAt().toString());
    }

    private DeskUser known(String name) {
        return users.load(name).orElseThrow(() -> new Refusal(Status.NOT_FOUND, "There is no user " + name + "."));
    }
}
