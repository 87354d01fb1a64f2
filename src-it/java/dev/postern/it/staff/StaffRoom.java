package dev.postern.it.staff;

import dev.postern.Caller;
import dev.postern.CurrentUser;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.TreeMap;
import java.util.TreeSet;

/** What employees may see of themselves, and what somebody does to them on this node. */
@Path("staff")
@RequestScoped
@Produces(MediaType.TEXT_PLAIN)
public class StaffRoom {

    @Inject
    private Staff staff;

    @Inject
    @Caller
    private Employee me;

    @Inject
    private CurrentUser user;

    @GET
    @RolesAllowed("clerk")
    public String me() {
        return user.name() + " of " + me.department() + ", " + new TreeSet<>(user.groups()) + ", "
                + new TreeMap<>(user.attributes()) + ", "
                + user.as(Employee.class).orElseThrow().department();
    }

    @POST
    @Path("{name}/lock")
    @PermitAll
    public void lock(@PathParam("name") String name) {
        staff.lock(name);
    }

    @POST
    @Path("{name}/lose")
    @PermitAll
    public void lose(@PathParam("name") String name) {
        staff.lose(name);
    }

    @POST
    @Path("{name}/move/{department}/{role}")
    @PermitAll
    public void move(
            @PathParam("name") String name,
            @PathParam("department") String department,
            @PathParam("role") String role) {
        staff.move(name, department, role);
    }

    @POST
    @Path("reset")
    @PermitAll
    public void reset() {
        staff.reset();
    }
}
