package dev.postern.it.guest.ear;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;

/** An enterprise bean for clerks, in an EJB module. */
@Stateless
public class Stock {

    @Resource
    private SessionContext context;

    /** The caller, as the EJB container knows it. */
    @RolesAllowed("clerk")
    public String count() {
        return "counted by " + context.getCallerPrincipal().getName();
    }
}
