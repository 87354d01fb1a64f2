package dev.postern.it.app;

import dev.postern.CurrentUser;
import dev.postern.SessionMetadata;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/** An EJB that knows who is calling. */
@Stateless
public class CallerBean {

    @Inject
    private CurrentUser user;

    @Inject
    private SessionMetadata metadata;

    public String caller() {
        return user.isAnonymous() ? "anonymous" : user.name() + "/" + metadata.fingerprint();
    }
}
