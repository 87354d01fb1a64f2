package dev.postern.cdi.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("C16")
class WebDescriptorsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<absolute-ordering/>",
                "<absolute-ordering><name>other</name></absolute-ordering>",
                "<absolute-ordering><name>other</name></absolute-ordering><module><name>postern</name></module>",
                "<display-name>postern</display-name><absolute-ordering></absolute-ordering>"
            })
    void orderingWithoutOurNameLeavesTheJarOut(String content) {
        assertThat(leavesOut(content)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<servlet/>",
                "<absolute-ordering><name>other</name><others/></absolute-ordering>",
                "<absolute-ordering><name> postern </name></absolute-ordering>"
            })
    void everyOtherDescriptorIncludesIt(String content) {
        assertThat(leavesOut(content)).isFalse();
    }

    @Test
    void oldDescriptorsAreReadWithoutTheirDtd() {
        assertThat(WebDescriptors.leavesJarOut(
                        stream("<!DOCTYPE web-app SYSTEM"
                                + " \"http://192.0.2.1/web.dtd\"><web-app><absolute-ordering/></web-app>"),
                        "web.xml"))
                .isTrue();
    }

    @Test
    void descriptorThatIsNoXmlIsNamed() {
        assertThatThrownBy(() -> WebDescriptors.leavesJarOut(stream("<web-app>"), "here/web.xml"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("here/web.xml");
    }

    private static boolean leavesOut(String content) {
        return WebDescriptors.leavesJarOut(stream("<web-app>" + content + "</web-app>"), "web.xml");
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
