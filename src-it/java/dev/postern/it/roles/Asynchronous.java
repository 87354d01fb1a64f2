package dev.postern.it.roles;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Methods whose answer comes later. */
@Path("async")
@RolesAllowed("clerk")
public class Asynchronous {

    @GET
    @Path("stage")
    public CompletionStage<String> stage() {
        return CompletableFuture.supplyAsync(Visits::reached);
    }

    @GET
    @Path("suspended")
    public void suspended(@Suspended AsyncResponse response) {
        new Thread(() -> response.resume(Visits.reached())).start();
    }
}
