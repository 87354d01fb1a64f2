package dev.postern.it.guest.contracts;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** The ways in which an application names its resources. */
public final class ContractApplications {

    private ContractApplications() {}

    /** Names nothing: the server scans. */
    @ApplicationPath("api")
    public static class Scanned extends Application {}

    /** Names the classes that implement. */
    @ApplicationPath("listed")
    public static class Listed extends Application {

        @Override
        public Set<Class<?>> getClasses() {
            return Set.of(
                    Interfaces.Bean.class,
                    Interfaces.Plain.class,
                    Interfaces.Method.class,
                    Mixed.Both.class,
                    Mixed.Methods.class,
                    Mixed.Orders.class);
        }
    }
}
