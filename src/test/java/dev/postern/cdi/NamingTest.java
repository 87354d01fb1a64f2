package dev.postern.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class NamingTest {

    @Test
    @Tag("P-10")
    @Tag("S-67")
    void namesAfterTheApplicationUnlessTheSettingsDo() {
        assertThat(naming(Map.of(), "shop", "").namespace()).isEqualTo("shop");
        assertThat(naming(Map.of(), "shop:2 beta", "").namespace()).isEqualTo("shop-2-beta");
        assertThat(naming(Map.of("postern.cache.namespace", "store"), "shop", "")
                        .namespace())
                .isEqualTo("store");
    }

    @Test
    @Tag("S-30")
    void keepsTheCookiesOfTwoApplicationsOnOneHostApart() {
        assertThat(naming(Map.of(), "shop", "").cookie()).isEqualTo("__Host-postern");
        assertThat(naming(Map.of(), "shop", "/shop").cookie()).isEqualTo("__Host-postern-shop");
        assertThat(naming(Map.of(), "shop", "/a/b").cookie()).isEqualTo("__Host-postern-a-b");
        assertThat(naming(Map.of("postern.cookie.secure", "false"), "shop", "/shop")
                        .cookie())
                .isEqualTo("postern-shop");
        assertThat(naming(Map.of("postern.cookie.name", "sid"), "shop", "/shop").cookie())
                .isEqualTo("sid");
    }

    @Test
    @Tag("S-27")
    void keepsTheCookieShortWhereThePathIsLong() {
        String path = "/" + "a".repeat(300);

        assertThat(naming(Map.of(), "shop", "/" + "a".repeat(63)).cookie())
                .isEqualTo("__Host-postern-" + "a".repeat(63));
        assertThat(naming(Map.of(), "shop", path + "b").cookie())
                .matches("__Host-postern-a{54}-[0-9a-f]{1,8}")
                .isNotEqualTo(naming(Map.of(), "shop", path + "c").cookie());
    }

    private static Naming naming(Map<String, String> given, String application, String contextPath) {
        SettingValues values = new SettingValues(name -> Optional.ofNullable(given.get(name)));
        return new Naming(new SettingsReader(values).read(), new Place(application, contextPath));
    }
}
