package dev.postern.it.guest.factor;

import dev.postern.ProvenUser;
import dev.postern.SecondFactor;
import jakarta.enterprise.context.ApplicationScoped;

/** Asks clerks for a second factor. */
@ApplicationScoped
public class Clerks implements SecondFactor {

    @Override
    public boolean isRequired(ProvenUser user) {
        return user.groups().contains("clerk") && !user.methods().contains("mfa");
    }
}
