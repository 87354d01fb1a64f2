package dev.postern.it.watch;

import jakarta.enterprise.context.RequestScoped;

/** There is one wherever there is a request context. */
@RequestScoped
public class RequestScope {

    String state() {
        return "active";
    }
}
