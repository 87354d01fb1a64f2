package dev.postern.demo.live;

import dev.postern.demo.Refusal;
import dev.postern.demo.Role;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A thief for the demo: it keeps a copy of the caller's token, and uses that later as another client would. The copy
 * lies in a second cookie that scripts cannot read. An application has nothing like this. For one request thread.
 */
@Path("theft")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class TheftResource {

    private static final String SESSION_COOKIE = "__Host-postern";
    private static final String COPY = "desk-stolen";
    private static final HttpClient THIEF =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    /** With which status the thief's request was answered. Immutable. */
    public record Outcome(int status) {}

    /** Copies the token of the caller. */
    @POST
    @RolesAllowed({Role.CUSTOMER, Role.CLERK, Role.MANAGER})
    public Response steal(@CookieParam(SESSION_COOKIE) @Nullable String token) {
        if (token == null) {
            throw new Refusal(Status.CONFLICT, "This request carries no cookie of Postern.");
        }
        return Response.noContent()
                .cookie(new NewCookie.Builder(COPY)
                        .value(token)
                        .path("/api/theft")
                        .httpOnly(true)
                        .secure(true)
                        .sameSite(NewCookie.SameSite.STRICT)
                        .build())
                .build();
    }

    /** Asks this node who is calling, with the copy. */
    @POST
    @Path("use")
    @PermitAll
    public Outcome use(@CookieParam(COPY) @Nullable String copy, @Context HttpServletRequest request)
            throws InterruptedException {
        if (copy == null || !copy.matches("[A-Za-z0-9_.~-]+")) {
            throw new Refusal(Status.CONFLICT, "Steal the token first.");
        }
        HttpRequest asThief = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + request.getLocalPort() + "/api/orders"))
                .header("Cookie", SESSION_COOKIE + "=" + copy)
                .header("User-Agent", "Thief")
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return new Outcome(THIEF.send(asThief, BodyHandlers.discarding()).statusCode());
        } catch (IOException e) {
            return new Outcome(Status.SERVICE_UNAVAILABLE.getStatusCode());
        }
    }
}
