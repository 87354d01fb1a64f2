package dev.postern.cdi;

import dev.postern.http.IntegratedJaspi;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * What a WildFly server still needs. Its model is visible through JMX, though not yet to an application that starts together
 * with the server: that one is told at the first sign-in.
 */
final class WildFly {

    /** The domain to which every web application belongs that names no other. */
    private static final String DOMAIN = "jboss.as:subsystem=undertow,application-security-domain=other";

    private WildFly() {}

    /**
     * A sentence when the server looks up every caller in its own realm, where Postern's callers are not (WF-03); nothing
     * when it does not, on other servers, and when it cannot be seen.
     */
    static Optional<String> missing() {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        try {
            Object integrated = beans.getAttribute(new ObjectName(DOMAIN), "integratedJaspi");
            return Boolean.FALSE.equals(integrated) ? Optional.empty() : Optional.of(IntegratedJaspi.SENTENCE);
        } catch (JMException e) {
            return Optional.empty();
        }
    }
}
