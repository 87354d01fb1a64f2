package dev.postern.it.guest.contracts;

import dev.postern.Fresh;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;

/** An enterprise bean whose path stands on its local interface. */
@Stateless
@Local(Interfaces.EnterpriseApi.class)
@RolesAllowed("clerk")
public class EnterpriseLedger implements Interfaces.EnterpriseApi {

    @Override
    public String read() {
        return ReachedContracts.now();
    }

    @Override
    @Fresh(within = "PT1S")
    public String fresh() {
        return ReachedContracts.now();
    }
}
