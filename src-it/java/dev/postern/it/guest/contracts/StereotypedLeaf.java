package dev.postern.it.guest.contracts;

import jakarta.ejb.Stateless;

/** An enterprise bean whose stereotype has the role. */
@Stateless
@ClerksOnly
public class StereotypedLeaf implements EnterpriseLeaves.Stereotyped {
    @Override
    public String read() {
        return ReachedContracts.now();
    }
}
