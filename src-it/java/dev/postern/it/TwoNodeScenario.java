package dev.postern.it;

import org.jboss.arquillian.container.test.api.ContainerController;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The frame of a test class with one application on two nodes, which are up before its first test. The class says in two deployments,
 * named {@link Rig#NODE_A} and {@link Rig#NODE_B}, what the application is.
 *
 * <p>For one thread.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
abstract class TwoNodeScenario {

    private static @Nullable TwoNodes running;

    @ArquillianResource
    private @Nullable ContainerController containers;

    @ArquillianResource
    private @Nullable Deployer deployer;

    @BeforeEach
    final void bothNodesAreUp() {
        if (running == null && containers != null && deployer != null) {
            running = new TwoNodes(containers, deployer, grid());
            running.start();
        }
    }

    @AfterEach
    final void noNodeStaysFrozenOrKilled() {
        nodes().thawAll();
        nodes().restartKilled();
    }

    /** Arquillian takes the application off the nodes by itself. */
    @AfterAll
    static void forgetTheNodes() {
        running = null;
    }

    /** How the nodes become one grid; to be overridden together with the settings in the WAR. */
    GridKind grid() {
        return GridKind.PLAIN;
    }

    public final TwoNodes nodes() {
        if (running == null) {
            throw new IllegalStateException("The nodes are not up.");
        }
        return running;
    }
}
