package dev.postern.demo;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Serves every resource class of the desk below {@code /api}. Immutable. */
@ApplicationPath("api")
public class DeskApplication extends Application {}
