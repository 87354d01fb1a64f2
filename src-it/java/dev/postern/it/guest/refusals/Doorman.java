package dev.postern.it.guest.refusals;

import jakarta.ejb.EJB;
import jakarta.ejb.EJBException;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;

/** Demands nothing, and calls what does. */
@Stateless
public class Doorman {

    @EJB
    Vault vault;

    public String inTransaction() {
        return vault.open();
    }

    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public String withoutTransaction() {
        return vault.open();
    }

    public String failing() {
        throw new EJBException("Something else.", new IllegalStateException("broken"));
    }
}
