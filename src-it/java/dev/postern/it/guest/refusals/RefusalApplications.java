package dev.postern.it.guest.refusals;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Set;

/** One that maps no exception, and one that maps all. */
public final class RefusalApplications {

    private RefusalApplications() {}

    @ApplicationPath("api")
    public static class Careful extends Application {

        @Override
        public Set<Class<?>> getClasses() {
            return Set.of(OpenDoors.class);
        }
    }

    @ApplicationPath("careless")
    public static class Careless extends Application {

        @Override
        public Set<Class<?>> getClasses() {
            return Set.of(OpenDoors.class, MapsEverything.class);
        }
    }

    /** Every exception becomes 200. */
    public static class MapsEverything implements ExceptionMapper<Exception> {

        @Override
        public Response toResponse(Exception exception) {
            return Response.ok("mapped").build();
        }
    }
}
