package dev.postern.it.guest.duties;

import jakarta.annotation.Resource;
import jakarta.annotation.security.DeclareRoles;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;

/** An enterprise bean, which has to declare its roles. */
@Stateless
@DeclareRoles({"clerk", "editor"})
@PermitAll
public class DutyBean {

    @Resource
    private SessionContext context;

    public boolean hasRole(String role) {
        return context.isCallerInRole(role);
    }
}
