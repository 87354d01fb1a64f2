package dev.postern.it.guest.trapped;

import dev.postern.Caller;
import dev.postern.it.guest.callers.Customer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** Lives longer than the request whose user it wants. */
@ApplicationScoped
public class Keeper {

    @Inject
    @Caller
    private @Nullable Customer customer;

    public @Nullable Customer customer() {
        return customer;
    }
}
