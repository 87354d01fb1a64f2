package dev.postern.demo.order;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** What the desk sells, for all visitors. For one request thread. */
@Path("catalogue")
@RequestScoped
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
public class CatalogueResource {

    /** All articles. */
    @GET
    public List<Article> articles() {
        return Article.ALL;
    }
}
