package dev.postern.demo.live;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;

/**
 * The events of this node as server-sent events. The demo shows them to anonymous visitors too, so that failed sign-ins
 * can be watched; an application keeps them to its administrators. For one request thread.
 */
@Path("events")
@RequestScoped
@PermitAll
public class EventsResource {

    @Inject
    EventFeed feed;

    /** Sends events until the page closes the connection. */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void listen(@Context SseEventSink sink, @Context Sse sse) {
        feed.add(sink, sse);
    }
}
