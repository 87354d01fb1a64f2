package dev.postern.it.guest.meddling;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The JAX-RS application. */
@ApplicationPath("api")
public class Api extends Application {}
