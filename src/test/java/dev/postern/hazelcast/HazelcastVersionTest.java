package dev.postern.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.instance.BuildInfoProvider;
import org.junit.jupiter.api.Test;

/** The build runs the tests of this package against two versions of Hazelcast; this says that it really does. */
class HazelcastVersionTest {

    @Test
    void isTheOneThatTheBuildAskedFor() {
        assertThat(BuildInfoProvider.getBuildInfo().getVersion())
                .isNotNull()
                .isEqualTo(System.getProperty("test.hazelcast"));
    }
}
