package dev.postern.it;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.spi.Container;
import org.jboss.arquillian.container.spi.ContainerRegistry;
import org.jboss.arquillian.container.spi.ServerKillProcessor;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.event.container.AfterUnDeploy;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jspecify.annotations.Nullable;

/**
 * Kills a node with SIGKILL, freezes and thaws it, and sees a stopped one out. Both adapters keep the process of their node in a private field
 * and offer no other way to it.
 *
 * <p>Safe for concurrent use.
 */
public final class ServerProcess implements LoadableExtension, ServerKillProcessor {

    private static final int SECONDS_TO_STOP = 30;

    private static volatile @Nullable ContainerRegistry nodes;

    @Override
    public void register(ExtensionBuilder builder) {
        builder.service(ServerKillProcessor.class, ServerProcess.class).observer(ServerProcess.class);
    }

    public void note(@Observes ContainerRegistry started) {
        nodes = started;
    }

    /** The process of a running node. */
    static Process of(String node) {
        ContainerRegistry known = nodes;
        if (known == null) {
            throw new IllegalStateException("No container has been set up.");
        }
        return processOf(known.getContainer(node).getDeployableContainer());
    }

    /** Sends the process a signal by its name, {@code STOP} for instance, and returns when it has been sent. */
    static void signal(Process process, String signal) {
        Shell.run("kill", "-" + signal, Long.toString(process.pid()));
    }

    /** What the threads of a node do, as {@code jstack} shows it. Their names tell no secret. */
    static String threads(String node) {
        Path jstack = Path.of(System.getProperty("java.home"), "bin", "jstack");
        String threads = Shell.run(jstack.toString(), Long.toString(of(node).pid()));
        Discretion.check("A thread", threads);
        return threads;
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public void kill(Container container) throws IOException, InterruptedException {
        Process process = processOf(container.getDeployableContainer());
        process.destroyForcibly();
        awaitEnd(process);
    }

    /** Payara Micro's adapter ends the node with the deployment, but does not wait until its ports are free. */
    public void seeOut(@Observes AfterUnDeploy event) throws IOException, InterruptedException {
        if (!Rig.onWildFly()) {
            awaitEnd(processOf(event.getDeployableContainer()));
        }
    }

    private static void awaitEnd(Process process) throws IOException, InterruptedException {
        if (!process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        // The thread with which Payara Micro's adapter reads the output spins at the end of the stream, until it is
        // closed.
        process.getInputStream().close();
    }

    private static Process processOf(DeployableContainer<?> adapter) {
        for (Class<?> type = adapter.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getType() == Process.class) {
                    return read(field, adapter);
                }
            }
        }
        throw new IllegalStateException("No field of " + adapter.getClass() + " holds a process.");
    }

    private static Process read(Field field, DeployableContainer<?> adapter) {
        try {
            field.setAccessible(true);
            return (Process) field.get(adapter);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("Cannot read " + field + ".", e);
        }
    }
}
