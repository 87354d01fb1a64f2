package dev.postern.it.guest.factor.other;

import dev.postern.ProvenUser;
import dev.postern.SecondFactor;
import jakarta.enterprise.context.ApplicationScoped;

/** Asks managers for a second factor. */
@ApplicationScoped
public class Managers implements SecondFactor {

    @Override
    public boolean isRequired(ProvenUser user) {
        return user.groups().contains("manager");
    }
}
