package dev.postern.it.guest.contracts;

import dev.postern.Fresh;
import jakarta.ejb.Stateless;

/** An enterprise bean for those who have just signed in. */
@Stateless
@Fresh(within = "PT1H")
public class FreshLeaf implements EnterpriseLeaves.JustSignedIn {
    @Override
    public String read() {
        return ReachedContracts.now();
    }

    @Override
    @Fresh(within = "PT1S")
    public String stale() {
        return ReachedContracts.now();
    }
}
