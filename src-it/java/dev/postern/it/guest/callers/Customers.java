package dev.postern.it.guest.callers;

import dev.postern.CurrentUserLoader;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;

/** The chief is a regular; all others are customers. */
@ApplicationScoped
public class Customers implements CurrentUserLoader<Customer> {

    @Override
    public Optional<Customer> load(String name) {
        if (name.equals("gone")) {
            return Optional.empty();
        }
        Customer customer = name.equals("chief") ? new Regular() : new Customer();
        customer.setId(7L);
        customer.setName(name);
        return Optional.of(customer);
    }

    @Override
    public Set<String> roles(Customer customer) {
        return Set.of("clerk");
    }
}
