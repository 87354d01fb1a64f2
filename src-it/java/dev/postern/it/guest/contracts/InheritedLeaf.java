package dev.postern.it.guest.contracts;

import jakarta.ejb.Local;
import jakarta.ejb.Stateless;

/** An enterprise bean whose superclass has the role. */
@Stateless
@Local(EnterpriseLeaves.Inherited.class)
public class InheritedLeaf extends EnterpriseLeaves.Ruled implements EnterpriseLeaves.Inherited {}
