package dev.postern.it.guest.exposed;

import dev.postern.ExposeSession;
import jakarta.enterprise.context.SessionScoped;
import java.io.Serializable;

/** A bean that may be written to a disk; one method is bound by hand. */
@SessionScoped
@Watched
public class Diary implements Serializable {

    private static final long serialVersionUID = 1;

    @ExposeSession
    public String exposed() {
        return "exposed";
    }

    public String hidden() {
        return "hidden";
    }
}
