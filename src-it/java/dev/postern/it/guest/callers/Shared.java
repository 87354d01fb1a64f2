package dev.postern.it.guest.callers;

import dev.postern.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** One for all requests. */
@ApplicationScoped
public class Shared {

    @Inject
    @Caller
    private Instance<Customer> customers;

    public @Nullable Customer customer() {
        return customers.get();
    }
}
