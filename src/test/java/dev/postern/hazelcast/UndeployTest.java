package dev.postern.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.HazelcastInstance;
import dev.postern.hazelcast.setup.InstanceFinder;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An application that is deployed and undeployed: its class loader must be garbage afterwards. */
@Tag("X-34")
@Tag("G24")
class UndeployTest {

    @Test
    void leavesNoClassLoaderBehindThatHeldHazelcast() throws Exception {
        ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
        WeakReference<ClassLoader> war = new WeakReference<>(
                deployAndUndeploy(
                        "runAlone",
                        Optional.empty(),
                        ClassLoader.getPlatformClassLoader(),
                        HazelcastInstance.class,
                        Grid.class,
                        UndeployTest.class),
                collected);

        assertThat(isCollected(collected)).as("%s is collected", war).isTrue();
    }

    @Test
    void leavesNoClassLoaderBehindInAServerThatHasHazelcast() throws Exception {
        try (Server server = new Server()) {
            ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
            WeakReference<ClassLoader> war = new WeakReference<>(
                    deployAndUndeploy(
                            "runAsGuest", Optional.of(server.instance), server.loader, Grid.class, UndeployTest.class),
                    collected);

            assertThat(isCollected(collected)).as("%s is collected", war).isTrue();
            assertThat(server.isRunning()).isTrue();
        }
    }

    private static boolean isCollected(ReferenceQueue<ClassLoader> collected) throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            System.gc();
            if (collected.remove(100) != null) {
                return true;
            }
        }
        return false;
    }

    /** Calls the method of the application with the argument, on the thread of a request. */
    private static ClassLoader deployAndUndeploy(
            String method, Optional<Object> argument, ClassLoader parent, Class<?>... inTheWar) throws Exception {
        URLClassLoader war = new URLClassLoader("war", urls(inTheWar), parent);
        FutureTask<Object> application = new FutureTask<>(() -> {
            Class<?> type = war.loadClass(Application.class.getName());
            return argument.isPresent()
                    ? type.getMethod(method, Object.class).invoke(null, argument.get())
                    : type.getMethod(method).invoke(null);
        });
        Thread request = new Thread(application, "request");
        request.setContextClassLoader(war);
        request.start();
        assertThat(application.get(1, TimeUnit.MINUTES)).isSameAs(war);
        request.join();
        return war;
    }

    private static URL[] urls(Class<?>... types) {
        return Stream.of(types)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .toArray(URL[]::new);
    }

    /** A server with a Hazelcast of its own, in a class loader of its own. */
    private static final class Server implements AutoCloseable {
        private static final String CONFIG = """
                hazelcast:
                  cluster-name: server-%s
                  network:
                    port:
                      port: 0
                    interfaces:
                      enabled: true
                      interfaces:
                        - 127.0.0.1
                    join:
                      auto-detection:
                        enabled: false
                """.formatted(UUID.randomUUID());

        private final ClassLoader loader =
                new URLClassLoader("server", urls(HazelcastInstance.class), ClassLoader.getPlatformClassLoader());
        private final Class<?> api = loader.loadClass(HazelcastInstance.class.getName());
        private final Object instance;

        Server() throws ReflectiveOperationException {
            Class<?> configType = loader.loadClass("com.hazelcast.config.Config");
            Object config = configType.getMethod("loadFromString", String.class).invoke(null, CONFIG);
            configType.getMethod("setClassLoader", ClassLoader.class).invoke(config, loader);
            this.instance = loader.loadClass("com.hazelcast.core.Hazelcast")
                    .getMethod("newHazelcastInstance", configType)
                    .invoke(null, config);
        }

        boolean isRunning() throws ReflectiveOperationException {
            Object service = api.getMethod("getLifecycleService").invoke(instance);
            return (boolean) loader.loadClass("com.hazelcast.core.LifecycleService")
                    .getMethod("isRunning")
                    .invoke(service);
        }

        @Override
        public void close() throws ReflectiveOperationException {
            api.getMethod("shutdown").invoke(instance);
        }
    }

    /** Runs inside the application's class loader. Returns the loader of our classes. */
    public static final class Application {
        private Application() {}

        public static ClassLoader runAlone() {
            try (TestCluster cluster = TestCluster.alone()) {
                new Life(cluster).use();
            }
            return HazelcastInstance.class.getClassLoader();
        }

        public static ClassLoader runAsGuest(Object instance) {
            try (FakeNaming naming = FakeNaming.bind(InstanceFinder.JNDI_NAME, instance);
                    TestCluster cluster = TestCluster.guest()) {
                new Life(cluster).use();
                return naming.lookUps() > 0 ? Grid.class.getClassLoader() : ClassLoader.getSystemClassLoader();
            }
        }
    }
}
