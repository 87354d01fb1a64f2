package dev.postern.it.edits;

import jakarta.ws.rs.Path;

/** Without anything that makes a CDI bean of it. WildFly makes one of it all the same. */
@Path("notes/plain")
public class PlainNotes extends Notes {}
