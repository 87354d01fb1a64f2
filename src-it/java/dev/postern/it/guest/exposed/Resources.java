package dev.postern.it.guest.exposed;

import dev.postern.CurrentUser;
import dev.postern.SessionMetadata;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Application;
import java.io.Serializable;

/** Resources that inject the session in one way or another, or not at all. */
public final class Resources {

    private Resources() {}

    /** Serves them. */
    @ApplicationPath("api")
    public static class Served extends Application {}

    @Path("field")
    @RequestScoped
    @Watched
    public static class ByField {

        @Inject
        CurrentUser user;

        @GET
        public String get() {
            return "get";
        }
    }

    @Path("constructor")
    @RequestScoped
    @Watched
    public static class ByConstructor {

        /** For the proxy. */
        public ByConstructor() {}

        @Inject
        public ByConstructor(SessionMetadata metadata) {
            String unused = metadata.toString();
        }

        @GET
        public String get() {
            return "get";
        }
    }

    @Path("setter")
    @Dependent
    @Watched
    public static class BySetter {

        @Inject
        void set(SessionMetadata metadata) {
            String unused = metadata.toString();
        }

        @GET
        public String get() {
            return "get";
        }
    }

    @Path("inherited")
    @RequestScoped
    @Watched
    public static class Inherited extends ByField {

        @Override
        @GET
        public String get() {
            return "get";
        }
    }

    @Path("instance")
    @RequestScoped
    @Watched
    public static class ByInstance {

        @Inject
        Instance<CurrentUser> user;

        @GET
        public String get() {
            return "get";
        }
    }

    @Path("stored")
    @SessionScoped
    @Watched
    public static class Stored implements Serializable {

        private static final long serialVersionUID = 1;

        @Inject
        CurrentUser user;

        @GET
        public String get() {
            return "get";
        }
    }

    @Path("nothing")
    @RequestScoped
    @Watched
    public static class Nothing {

        @GET
        public String get() {
            return "get";
        }
    }

    /** The path of a resource that injects something. */
    @Path("interface")
    public interface Api {

        @GET
        String get();
    }

    @RequestScoped
    @Watched
    public static class OfInterface implements Api {

        @Inject
        CurrentUser user;

        @Override
        public String get() {
            return "get";
        }
    }

    /** Changes the note, and ends as it is asked to. */
    @Path("note")
    @RequestScoped
    public static class Note {

        @Inject
        SessionMetadata metadata;

        @GET
        public String get(@QueryParam("note") String note) {
            metadata.put("note", note);
            return "noted";
        }

        @GET
        @Path("read")
        public String read() {
            return metadata.get("note").orElse("empty");
        }
    }
}
