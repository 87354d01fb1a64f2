package dev.postern.it.app;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** Lists its resource classes, and nothing of Postern's. */
@ApplicationPath("api")
public class ListingApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(Orders.class, PlainOrders.class, Stock.class, Returns.class, SlowOrders.class);
    }
}
