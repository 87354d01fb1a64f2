package dev.postern.it.roles;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Counts how many resource methods were reached, so that a refusal can be told from a refusal that came too late. */
@Path("visits")
public class Visits {

    private static final AtomicLong COUNT = new AtomicLong();

    /** Called by every resource method of this package. */
    static String reached() {
        return "reached " + COUNT.incrementAndGet();
    }

    @GET
    public String count() {
        return Long.toString(COUNT.get());
    }
}
