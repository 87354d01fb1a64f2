package dev.postern.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.cdi.bean.SocketsBean;
import dev.postern.cdi.management.ReadinessCheck;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

class OptionalBeansTest {

    @Test
    void areThereWhereTheServerHasWhatTheyNeed() {
        ClassLoader server = OptionalBeansTest.class.getClassLoader();

        assertThat(OptionalBeans.present(server, true))
                .containsExactlyInAnyOrder(SocketsBean.class, ReadinessCheck.class);
        assertThat(OptionalBeans.present(server, false)).containsExactly(SocketsBean.class);
    }

    @Test
    void areNotTouchedWhereItHasNot() throws Exception {
        URL jar = OptionalBeans.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader bare = new URLClassLoader(new URL[] {jar}, ClassLoader.getPlatformClassLoader())) {
            assertThat(OptionalBeans.present(bare, true)).isEmpty();
        }
    }
}
