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
 * Checks the security domain of an application on WildFly. WildFly shows its model in JMX, but not to an application
 * that starts together with the server: there the first sign-in reports the fault.
 *
 * <p>Immutable.
 *
 * @param domain the application security domain of the web application
 */
record WildFlySecurityDomain(String domain) {

    private static final String UNDERTOW = "jboss.as:subsystem=undertow";

    /** The domain of a web application that is starting, on any server. */
    static WildFlySecurityDomain of(ServletContext context) {
        return new WildFlySecurityDomain(
                WebDescriptors.securityDomain(context).orElseGet(WildFlySecurityDomain::standardDomain));
    }

    /** The domain of web applications that name no other. */
    private static String standardDomain() {
        return attribute(UNDERTOW, "defaultSecurityDomain")
                .map(Object::toString)
                .orElse("other");
    }

    /**
     * A sentence if WildFly looks up every caller in its own realm, where Postern's callers are not (WF-03). Empty if
     * it does not, on other servers, and if it cannot be seen.
     */
    Optional<String> missing() {
        return attribute(name(), "integratedJaspi")
                .filter(integrated -> !Boolean.FALSE.equals(integrated))
                .map(integrated -> WildFlyJaspi.sentence(domain));
    }

    /**
     * A sentence if WildFly does not know the domain: then it guards nothing in the application, and every caller
     * passes its constraints. Empty on other servers. It asks the deployment, because the model is not visible at each
     * start.
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
