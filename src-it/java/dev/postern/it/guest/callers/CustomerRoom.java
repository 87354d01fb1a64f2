package dev.postern.it.guest.callers;

import dev.postern.Caller;
import dev.postern.CurrentUser;
import dev.postern.ProvenUser;
import dev.postern.SignIn;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.JsonbBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import org.jspecify.annotations.Nullable;

/** Says who the caller is. */
@Path("customers")
@RequestScoped
public class CustomerRoom {

    @Inject
    @Caller
    private @Nullable Customer customer;

    @Inject
    @Caller
    private @Nullable Party<Long> party;

    @Inject
    @Caller
    private @Nullable Regular regular;

    @Inject
    private Shared shared;

    @Inject
    private CurrentUser user;

    @Inject
    private SignIn signIn;

    @GET
    @Path("me")
    @SuppressWarnings("ReferenceEquality") // whether it is that very object
    public String me(@Context SecurityContext security) {
        return String.join(
                "\n",
                "",
                "class=" + (customer == null ? "null" : customer.getClass().getSimpleName()),
                "json=" + (customer == null ? "null" : JsonbBuilder.create().toJson(customer)),
                "same="
                        + (customer != null
                                && customer == user.as(Customer.class).orElse(null)),
                "party=" + (party == customer),
                "regular=" + (regular == null ? "null" : regular.getName()),
                "shared=" + (shared.customer() == customer),
                "principal="
                        + (security.getUserPrincipal() == null
                                ? "null"
                                : security.getUserPrincipal().getClass().getSimpleName() + " "
                                        + security.getUserPrincipal().getName()));
    }

    @GET
    @Path("begin")
    public String begin(@QueryParam("name") String name) {
        return signIn.begin(ProvenUser.of(name)) + " " + user.name() + " " + user.groups();
    }
}
