package dev.postern.it.guest.callers;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Lists nothing: the server finds the resource classes. */
@ApplicationPath("api")
public class SomeApplication extends Application {}
