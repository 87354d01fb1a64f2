package dev.postern.bench.http.app;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The same without security: greets everybody, in as many bytes. */
@Path("greeting")
@RequestScoped
public class OpenGreeting {

    @GET
    @Produces(MediaType.TEXT_PLAIN)
    public String greet() {
        return "hello " + GreetingUsers.FIXED;
    }
}
