package dev.postern.it.guest.ways;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.authentication.mechanism.http.BasicAuthenticationMechanismDefinition;

/** Asks for a name and a password in the header that browsers know. */
@BasicAuthenticationMechanismDefinition(realmName = "shop")
@ApplicationScoped
public class BasicWay {}
