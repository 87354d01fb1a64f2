package dev.postern.it.app;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Path;

/** Inherits the class's annotation, and a method, from its superclass. */
@Path("returns")
@RequestScoped
public class Returns extends BackOffice {}
