package dev.postern.it.edits;

import dev.postern.SessionMetadata;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;

/** As an enterprise bean. */
@Path("notes/ejb")
@Stateless
public class EnterpriseNotes extends Notes {

    /** What a resource injects decides whether its exceptions are seen. */
    @Inject
    @SuppressWarnings("unused")
    private SessionMetadata metadata;
}
