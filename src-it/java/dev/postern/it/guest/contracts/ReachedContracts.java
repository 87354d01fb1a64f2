package dev.postern.it.guest.contracts;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Counts how many resource methods were reached, so that a refusal can be told from one that came too late. */
@Path("reached")
public class ReachedContracts {

    private static final AtomicLong COUNT = new AtomicLong();

    /** Called by every resource method of this package. */
    static String now() {
        return "reached " + COUNT.incrementAndGet();
    }

    @GET
    public String count() {
        return Long.toString(COUNT.get());
    }
}
