package dev.postern.it.guest.factor;

import dev.postern.CurrentUser;
import dev.postern.Fresh;
import dev.postern.HalfWay;
import dev.postern.ProvenUser;
import dev.postern.SignIn;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** Asks for the code, and what is behind it. */
@Path("codes")
@RequestScoped
@HalfWay
public class Codes {

    /** The right one. */
    public static final String RIGHT = "123456";

    @Inject
    private SignIn signIn;

    @Inject
    private CurrentUser user;

    @GET
    public String who() {
        return "half=" + signIn.halfWay().map(ProvenUser::name).orElse("") + "\nuser=" + user.name();
    }

    @POST
    @PermitAll
    public Response complete(String code) {
        SignIn.Result result = signIn.complete(() -> code.equals(RIGHT), "otp");
        return Response.status(result == SignIn.Result.SIGNED_IN ? 200 : 403)
                .entity(result.name())
                .build();
    }

    @GET
    @Path("clerks")
    @RolesAllowed("clerk")
    public String clerks() {
        return "for clerks";
    }

    @GET
    @Path("strong")
    @Fresh(by = "mfa")
    public String strong() {
        return "for the strong";
    }
}
