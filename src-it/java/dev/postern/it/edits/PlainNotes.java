package dev.postern.it.edits;

import jakarta.ws.rs.Path;

/** Without anything that makes a CDI bean of it, and such that CDI could make no proxy of it. */
@Path("notes/plain")
public final class PlainNotes extends Notes {}
