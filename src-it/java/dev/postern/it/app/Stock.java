package dev.postern.it.app;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Path;

/** Inherits the method's annotations from its interface. */
@Path("stock")
@RequestScoped
public class Stock implements Shelf {

    @Override
    public String count() {
        return "stock";
    }
}
