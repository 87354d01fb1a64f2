package dev.postern.cdi.start;

import dev.postern.cdi.application.WebDescriptors;
import dev.postern.http.server.WildFlyJaspi;
import jakarta.servlet.ServletContext;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * What a WildFly server still needs. Its model is visible through JMX, though not yet to an application that starts
 * together with the server: that one is told at the first sign-in.
 *
 * <p>Immutable.
 *
 * @param domain the application security domain to which the web application belongs
 */
record WildFlySecurityDomain(String domain) {

    private static final String UNDERTOW = "jboss.as:subsystem=undertow";

    /** For a web application that is starting, on any server. */
    static WildFlySecurityDomain of(ServletContext context) {
        return new WildFlySecurityDomain(
                WebDescriptors.securityDomain(context).orElseGet(WildFlySecurityDomain::standardDomain));
    }

    /** The domain of every web application that names no other. */
    private static String standardDomain() {
        return attribute(UNDERTOW, "defaultSecurityDomain")
                .map(Object::toString)
                .orElse("other");
    }

    /**
     * A sentence if the server looks up every caller in its own realm, where Postern's callers are not (WF-03); empty
     * if it does not, on other servers, and if it cannot be seen.
     */
    Optional<String> missing() {
        return attribute(name(), "integratedJaspi")
                .filter(integrated -> !Boolean.FALSE.equals(integrated))
                .map(integrated -> WildFlyJaspi.sentence(domain));
    }

    /**
     * A sentence if the server guards nothing in the application, because it does not know the domain: every caller
     * would pass the application's own constraints. Empty on other servers. Its deployment is asked, since the model is
     * not visible at each start.
     */
    Optional<String> unguarded(ServletContext context) {
        try {
            Object info = call(call(context, "getDeployment"), "getDeploymentInfo");
            return Boolean.TRUE.equals(call(info, "isSecurityDisabled"))
                    ? Optional.of(
                            "WildFly has no application-security-domain '" + domain + "' (WEB-INF/jboss-web.xml), and"
                                    + " guards nothing in such an application. Name another one, or add it as"
                                    + " server-config/wildfly/postern.cli says.")
                    : Optional.empty();
        } catch (ReflectiveOperationException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Object call(Object target, String method) throws ReflectiveOperationException {
        return target.getClass().getMethod(method).invoke(target);
    }

    private String name() {
        return UNDERTOW + ",application-security-domain=" + domain;
    }

    private static Optional<Object> attribute(String name, String attribute) {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        try {
            return Optional.ofNullable(beans.getAttribute(new ObjectName(name), attribute));
        } catch (JMException e) {
            return Optional.empty();
        }
    }
}
