package dev.postern.it.edits;

import jakarta.ejb.Stateless;
import jakarta.ws.rs.Path;

/** As an enterprise bean. */
@Path("notes/ejb")
@Stateless
public class EnterpriseNotes extends Notes {}
