package dev.postern.bench.http.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.auth.LoginConfig;

/** The same, whose callers show a token of MicroProfile JWT. Payara sees the annotation on beans only. */
@ApplicationPath("api")
@ApplicationScoped
@LoginConfig(authMethod = "MP-JWT", realmName = "bench")
public class TokenApplication extends Application {}
