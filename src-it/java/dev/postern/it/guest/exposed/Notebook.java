package dev.postern.it.guest.exposed;

import dev.postern.ExposeSession;
import dev.postern.SessionMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Bound by hand. */
@ApplicationScoped
@ExposeSession
@Watched
public class Notebook {

    @Inject
    SessionMetadata metadata;

    public String note(String note) {
        metadata.put("note", note);
        return "noted";
    }

    public String noteAndFail(String note) {
        metadata.put("note", note);
        throw new IllegalArgumentException(note);
    }

    public String look() {
        return "looked";
    }
}
