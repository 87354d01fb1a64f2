package dev.postern.it.app;

import dev.postern.CurrentUser;
import dev.postern.SessionMetadata;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;

/** Sends one event that says who is calling; a CDI bean. */
@Path("ticker/bean")
@RequestScoped
@RolesAllowed("clerk")
public class Ticker {

    @Inject
    private CurrentUser user;

    @Inject
    private SessionMetadata metadata;

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void tick(@Context SseEventSink sink, @Context Sse sse) {
        send(user.name() + " " + metadata.fingerprint(), sink, sse);
    }

    static void send(String data, SseEventSink sink, Sse sse) {
        sink.send(sse.newEvent(data)).thenRun(sink::close);
    }
}
