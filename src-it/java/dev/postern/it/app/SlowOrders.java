package dev.postern.it.app;

import dev.postern.CurrentUser;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Answers from another thread, in both of the ways that JAX-RS has. */
@Path("slow")
@RequestScoped
@RolesAllowed("clerk")
public class SlowOrders {

    @Resource
    private ManagedExecutorService executor;

    @Inject
    private CurrentUser user;

    @GET
    @Path("stage")
    public CompletionStage<String> stage() {
        String name = user.name();
        return CompletableFuture.supplyAsync(() -> "stage for " + name, executor);
    }

    @GET
    @Path("suspended")
    public void suspended(@Suspended AsyncResponse response) {
        String name = user.name();
        executor.execute(() -> response.resume("suspended for " + name));
    }
}
