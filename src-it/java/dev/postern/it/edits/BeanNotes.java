package dev.postern.it.edits;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Path;

/** As a CDI bean. */
@Path("notes/bean")
@RequestScoped
public class BeanNotes extends Notes {}
