package dev.postern.it.guest.refusals;

import dev.postern.Fresh;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.AccessLocalException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Open to everybody, but for what they call. */
@Path("doors")
@RequestScoped
public class OpenDoors {

    @Inject
    Vault vault;

    @Inject
    Doorman doorman;

    @GET
    @Path("direct")
    public String direct() {
        return vault.open();
    }

    @GET
    @Path("in-transaction")
    public String inTransaction() {
        return doorman.inTransaction();
    }

    @GET
    @Path("without-transaction")
    public String withoutTransaction() {
        return doorman.withoutTransaction();
    }

    @GET
    @Path("local")
    public String local() {
        throw new AccessLocalException("not you");
    }

    @GET
    @Path("promised")
    public CompletionStage<String> promised() {
        try {
            return CompletableFuture.completedStage(vault.open());
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    @GET
    @Path("failing")
    public String failing() {
        return doorman.failing();
    }

    @GET
    @Path("clerk")
    @RolesAllowed("clerk")
    public String clerk() {
        return "reached";
    }

    @GET
    @Path("fresh")
    @Fresh(within = "PT1S")
    public String fresh() {
        return "reached";
    }
}
