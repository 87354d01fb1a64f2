package dev.postern.it.app;

import dev.postern.CurrentUser;
import dev.postern.SessionMetadata;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;

/** Sends what {@link Ticker} does, without anything that makes a CDI bean of it. WildFly makes one of it all the same. */
@Path("ticker/plain")
@RolesAllowed("clerk")
public class PlainTicker {

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void tick(@Context SseEventSink sink, @Context Sse sse) {
        CurrentUser user = CDI.current().select(CurrentUser.class).get();
        SessionMetadata metadata = CDI.current().select(SessionMetadata.class).get();
        Ticker.send(user.name() + " " + metadata.fingerprint(), sink, sse);
    }
}
