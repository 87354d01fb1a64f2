package dev.postern.it.guest.contracts;

import jakarta.ejb.LocalBean;
import jakarta.ejb.Stateless;

/** An enterprise bean without an interface, whose superclass has the role. */
@Stateless
@LocalBean
public class PlainLeaf extends EnterpriseLeaves.Ruled {}
