package dev.postern.cdi;

import dev.postern.http.IntegratedJaspi;
import jakarta.servlet.ServletContext;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * What a WildFly server still needs. Its model is visible through JMX, though not yet to an application that starts together
 * with the server: that one is told at the first sign-in.
 *
 * <p>Immutable.
 *
 * @param domain the application security domain to which the web application belongs
 */
record WildFly(String domain) {

    private static final String UNDERTOW = "jboss.as:subsystem=undertow";

    /** For a web application that is starting, on whichever server. */
    static WildFly of(ServletContext context) {
        return new WildFly(WebDescriptors.securityDomain(context).orElseGet(WildFly::standardDomain));
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
                .map(integrated -> IntegratedJaspi.sentence(domain));
    }

    /** A sentence if the server does not know the domain: it would let every caller through its own constraints. Otherwise empty. */
    Optional<String> unguarded() {
        return attribute(UNDERTOW, "defaultSecurityDomain").isEmpty()
                        || attribute(name(), "overrideDeploymentConfig").isPresent()
                ? Optional.empty()
                : Optional.of("WildFly has no application-security-domain '" + domain + "' (WEB-INF/jboss-web.xml),"
                        + " and guards nothing in such"
                        + " an application. Name another"
                        + " one, or add it as"
                        + " server-config/wildfly/postern.cli"
                        + " says.");
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
