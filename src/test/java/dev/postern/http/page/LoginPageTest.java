package dev.postern.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.http.request.ReturnAddress;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoginPageTest {

    private static LoginPage page(Optional<ReturnAddress> goal, boolean canRemember) {
        return new LoginPage(LoginTexts.of(name -> null).in(List.of()), goal, canRemember);
    }

    @Test
    void isAFormThatSendsItselfWithTheGoal() {
        String html = page(Optional.of(new ReturnAddress("/orders?a=1&b='\"><script>")), false)
                .html(Optional.empty());

        assertThat(html)
                .contains(
                        "<form method=\"post\" action=\"login?return=%2Forders%3Fa%3D1%26b%3D%27%22%3E%3Cscript%3E\">")
                .contains("name=\"username\"", "name=\"password\"", "type=\"password\"")
                .doesNotContain("remember", "role=\"alert\"", "<script");
    }

    @Test
    void offersToRememberWhereThatIsAllowed() {
        assertThat(page(Optional.empty(), true).html(Optional.empty()))
                .contains("action=\"login\"", "name=\"remember\" value=\"true\"");
    }

    @Test
    void escapesWhatItIsTold() {
        assertThat(page(Optional.empty(), false).html(Optional.of("<b>&'\"")))
                .contains("<p role=\"alert\">&lt;b&gt;&amp;&#39;&quot;</p>");
        LoginTexts theirs = LoginTexts.of(name -> name.equals("postern-login.properties")
                ? new ByteArrayInputStream("title=</title><script>".getBytes(StandardCharsets.UTF_8))
                : null);
        assertThat(new LoginPage(theirs.in(List.of()), Optional.empty(), false).html(Optional.empty()))
                .doesNotContain("<script>");
    }
}
