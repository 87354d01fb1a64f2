package dev.postern.it.rig.app;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Lists nothing: the server finds the resource class. */
@ApplicationPath("api")
public class EchoApplication extends Application {}
