package dev.postern.it.guest.calls;

import dev.postern.CurrentUser;
import dev.postern.ProvenUser;
import dev.postern.SignIn;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;

/** A link in a mail that signs in. */
@Path("link")
@RequestScoped
public class CallbackResource {

    @Inject
    private SignIn signIn;

    @Inject
    private CurrentUser user;

    @GET
    public String follow(@Context SecurityContext security) {
        return signIn.begin(ProvenUser.of("linked").inGroups("clerk")) + " " + user.name() + " "
                + security.getUserPrincipal().getName();
    }
}
