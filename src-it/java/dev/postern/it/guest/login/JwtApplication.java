package dev.postern.it.guest.login;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.auth.LoginConfig;

/** An application that wants MicroProfile JWT. */
@LoginConfig(authMethod = "MP-JWT", realmName = "jwt")
@ApplicationPath("api")
public class JwtApplication extends Application {}
