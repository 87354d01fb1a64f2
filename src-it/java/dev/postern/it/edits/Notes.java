package dev.postern.it.edits;

import dev.postern.SessionMetadata;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Methods that each change the entry {@code note}, and end differently. */
public abstract class Notes {

    private static final Executor LATER = CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS);

    @GET
    public String returning(@QueryParam("note") String note) {
        return note(note);
    }

    /** It returns, and what it returns is an error. */
    @GET
    @Path("refusing")
    public Response refusing(@QueryParam("note") String note) {
        return Response.status(Response.Status.CONFLICT).entity(note(note)).build();
    }

    /** An exception mapper makes a success of it. */
    @GET
    @Path("throwing")
    public String throwing(@QueryParam("note") String note) {
        throw new HarmlessException(note(note));
    }

    @GET
    @Path("failing")
    public String failing(@QueryParam("note") String note) {
        throw new IllegalStateException(note(note));
    }

    @GET
    @Path("promising")
    public CompletionStage<String> promising(@QueryParam("note") String note) {
        String changed = note(note);
        return CompletableFuture.supplyAsync(() -> changed, LATER);
    }

    @GET
    @Path("breaking")
    public CompletionStage<String> breaking(@QueryParam("note") String note) {
        String changed = note(note);
        return CompletableFuture.supplyAsync(
                () -> {
                    throw new IllegalStateException(changed);
                },
                LATER);
    }

    /** Sets it, and says what the request sees then. */
    static String note(String note) {
        SessionMetadata metadata = CDI.current().select(SessionMetadata.class).get();
        metadata.put("note", note);
        return metadata.get("note").orElseThrow();
    }
}
