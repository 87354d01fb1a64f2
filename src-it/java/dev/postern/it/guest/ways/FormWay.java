package dev.postern.it.guest.ways;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.authentication.mechanism.http.FormAuthenticationMechanismDefinition;
import jakarta.security.enterprise.authentication.mechanism.http.LoginToContinue;

/** Asks for a name and a password on a page of its own, which sends them to {@code j_security_check}. */
@FormAuthenticationMechanismDefinition(
        loginToContinue =
                @LoginToContinue(loginPage = "/login", errorPage = "/login?failed", useForwardToLogin = false))
@ApplicationScoped
public class FormWay {}
