package dev.postern.it.edits;

import dev.postern.SessionMetadata;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;

/** As a CDI bean. */
@Path("notes/bean")
@RequestScoped
public class BeanNotes extends Notes {

    /** What a resource injects decides whether its exceptions are seen. */
    @Inject
    @SuppressWarnings("unused")
    private SessionMetadata metadata;
}
