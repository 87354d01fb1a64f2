package dev.postern.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.cdi.application.DeployedApplication;
import dev.postern.cdi.settings.ConfigValues;
import dev.postern.cdi.settings.CoreSettingsReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ApplicationNamesTest {

    @Test
    @Tag("P-10")
    @Tag("S-67")
    void namesAfterTheApplicationUnlessTheSettingsDo() {
        assertThat(applicationNames(Map.of(), "shop", "").namespace()).isEqualTo("shop");
        assertThat(applicationNames(Map.of(), "shop:2 beta", "").namespace()).isEqualTo("shop-2-beta");
        assertThat(applicationNames(Map.of("postern.cache.namespace", "store"), "shop", "")
                        .namespace())
                .isEqualTo("store");
    }

    @Test
    @Tag("S-30")
    void keepsTheCookiesOfTwoApplicationsOnOneHostApart() {
        assertThat(applicationNames(Map.of(), "shop", "").cookie()).isEqualTo("__Host-postern");
        assertThat(applicationNames(Map.of(), "shop", "/shop").cookie()).isEqualTo("__Host-postern-shop");
        assertThat(applicationNames(Map.of(), "shop", "/a/b").cookie()).isEqualTo("__Host-postern-a%2Fb");
        assertThat(applicationNames(Map.of("postern.cookie.secure", "false"), "shop", "/shop")
                        .cookie())
                .isEqualTo("postern-shop");
        assertThat(applicationNames(Map.of("postern.cookie.name", "sid"), "shop", "/shop")
                        .cookie())
                .isEqualTo("sid");
    }

    @Test
    @Tag("S-27")
    void keepsTheCookieShortWhereThePathIsLong() {
        String path = "/" + "a".repeat(300);

        assertThat(applicationNames(Map.of(), "shop", "/" + "a".repeat(63)).cookie())
                .isEqualTo("__Host-postern-" + "a".repeat(63));
        assertThat(applicationNames(Map.of(), "shop", path + "b").cookie())
                .matches("__Host-postern-a{30}~[0-9a-f]{32}")
                .isNotEqualTo(applicationNames(Map.of(), "shop", path + "c").cookie());
    }

    @Property
    void pathsThatDifferHaveCookiesThatDiffer(@ForAll("paths") List<String> paths) {
        List<String> cookies = paths.stream()
                .map(path -> applicationNames(Map.of(), "shop", path).cookie())
                .toList();

        assertThat(cookies).doesNotHaveDuplicates().allMatch(cookie -> cookie.matches("[A-Za-z0-9%*+._~-]{1,80}"));
    }

    @Provide
    Arbitrary<List<String>> paths() {
        Arbitrary<String> segments =
                Arbitraries.of("a", "b", "A", "-", ".", "_", "~", "%", "2F", "+", " ", "*", "é", "/");
        return segments.list()
                .ofMaxSize(40)
                .map(all -> all.isEmpty() ? "" : "/" + String.join("", all))
                .list()
                .ofMinSize(2)
                .ofMaxSize(50)
                .uniqueElements();
    }

    /** Where they are as most are: one name in letters, digits, dots, hyphens and underscores. */
    @Property
    void plainPathStandsInTheNameAsItIs(
            @ForAll @AlphaChars @NumericChars @Chars({'.', '_', '-'}) @StringLength(min = 1, max = 63) String name) {
        assertThat(applicationNames(Map.of(), "shop", "/" + name).cookie()).isEqualTo("__Host-postern-" + name);
    }

    private static ApplicationNames applicationNames(
            Map<String, String> given, String application, String contextPath) {
        ConfigValues values = new ConfigValues(name -> Optional.ofNullable(given.get(name)));
        return new ApplicationNames(
                new CoreSettingsReader(values).read(),
                new DeployedApplication(application, application, contextPath, Optional.empty()));
    }

    @Test
    @Tag("A5")
    void webModulesOfOneNameInTwoArchivesHaveTwoNamespaces() {
        DeployedApplication shop = new DeployedApplication("shop", "web", "/web", Optional.empty());
        DeployedApplication bank = new DeployedApplication("bank", "web", "/web", Optional.empty());

        assertThat(shop.namespace()).isEqualTo("shop.web");
        assertThat(bank.namespace()).isEqualTo("bank.web");
        assertThat(shop.identity()).isNotEqualTo(bank.identity());
    }

    @Test
    @Tag("A5")
    void applicationsOfOneNameDifferByTheirPathOrTheirArtifact() {
        DeployedApplication shop = new DeployedApplication("web", "web", "/web", Optional.of("org.shop:web"));

        assertThat(shop.identity())
                .isEqualTo("application web, module web, context path /web, artifact org.shop:web")
                .isNotEqualTo(new DeployedApplication("web", "web", "/", Optional.of("org.shop:web")).identity())
                .isNotEqualTo(new DeployedApplication("web", "web", "/web", Optional.of("org.bank:web")).identity());
    }
}
