package dev.postern.it.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Browser;
import dev.postern.it.OnPayaraByDay;
import dev.postern.it.guest.ignored.Beans;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the start of an application says of annotations at which nothing looks (C21). */
@OnPayaraByDay
@Tag("C21")
class IgnoredAnnotationsIT {

    @RegisterExtension
    static final Guest GUEST = Guest.war("ignored", war -> war.addPackage(Beans.class.getPackage()));

    @Test
    void startWarnsOfEachClassAndSaysWhatHoldsThere() {
        assertThat(warningOf("AnnotatedServlet")).contains("carries @RolesAllowed,", "@ServletSecurity");
        assertThat(warningOf("Beans$Backing")).contains("carries @PermitAll and @DenyAll,", "CurrentUser.hasRole");
        assertThat(warningOf("Beans$Service")).contains("carries @RolesAllowed,", "CurrentUser.hasRole");
        assertThat(warningOf("Beans$Stereotyped")).contains("carries @RolesAllowed,", "CurrentUser.hasRole");
    }

    @Test
    @Tag("A1")
    void startWarnsOfApplicationsAndDecorators() {
        assertThat(warningOf("Beans$Guarding")).contains("carries @RolesAllowed,", "Annotate the JAX-RS resources");
        assertThat(warningOf("Beans$Checking")).contains("carries @RolesAllowed,", "the class that it decorates");
        new Browser().get(GUEST.uri("api/counted")).has(200);
    }

    @Test
    void startIsSilentOfWhatIsJudged() {
        for (String name : List.of(
                "Beans$Unmarked", "Beans$Base", "Beans$Resource", "Beans$Leaf", "Enterprise", "Beans$ClerksOnly")) {
            assertThat(GUEST.log()).doesNotContain("ignored." + name + " carries");
        }
        new Browser().get(GUEST.uri("api/resource")).isUnauthorized();
    }

    private static String warningOf(String name) {
        List<String> lines = GUEST.log()
                .lines()
                .filter(line -> line.contains("ignored." + name + " carries"))
                .toList();
        assertThat(lines).as(name).hasSize(1);
        assertThat(lines.get(0)).contains("WARN");
        return lines.get(0);
    }
}
