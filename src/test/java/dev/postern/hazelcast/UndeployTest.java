package dev.postern.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.HazelcastInstance;
import java.io.File;
import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An application with Hazelcast in its WAR, deployed and undeployed: its class loader must be garbage afterwards. */
class UndeployTest {

    @Test
    @Tag("X-34")
    @Timeout(60)
    void leavesNoClassLoaderBehind() throws Exception {
        ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
        WeakReference<ClassLoader> war = new WeakReference<>(deployAndUndeploy(), collected);

        assertThat(isCollected(collected)).as("%s is collected", war).isTrue();
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

    private static ClassLoader deployAndUndeploy() throws Exception {
        URLClassLoader war = new URLClassLoader("war", classPath(), ClassLoader.getPlatformClassLoader());
        FutureTask<Object> application = new FutureTask<>(() ->
                war.loadClass(Application.class.getName()).getMethod("run").invoke(null));
        Thread request = new Thread(application, "request");
        request.setContextClassLoader(war);
        request.start();
        assertThat(application.get(1, TimeUnit.MINUTES)).isSameAs(war);
        request.join();
        return war;
    }

    private static URL[] classPath() throws IOException {
        List<URL> urls = new ArrayList<>();
        for (String entry : List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))) {
            urls.add(url(entry));
        }
        return urls.toArray(URL[]::new);
    }

    private static URL url(String entry) throws MalformedURLException {
        return new File(entry).toURI().toURL();
    }

    /** What runs inside the application's class loader. */
    public static final class Application {
        private Application() {}

        public static ClassLoader run() {
            try (TestCluster cluster = TestCluster.alone()) {
                new Life(cluster).use();
            }
            return HazelcastInstance.class.getClassLoader();
        }
    }
}
