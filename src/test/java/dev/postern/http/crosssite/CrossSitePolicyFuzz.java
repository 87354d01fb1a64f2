package dev.postern.http.crosssite;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.postern.http.crosssite.CrossSitePolicy.Deed;
import dev.postern.http.crosssite.CrossSitePolicy.Fetch;
import dev.postern.http.crosssite.CrossSitePolicy.Traces;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;

/**
 * Whatever a page's address is said to be: only our own and the trusted one may act in a user's name. An input is an origin or the
 * address of a page.
 */
class CrossSitePolicyFuzz {

    /** What a page of ours or of the trusted origin has, said another way than the code says it. */
    private static final String OURS = "https://(shop\\.example(:0{0,2}443)?|app\\.example:(0?8443))";

    private static final Pattern ORIGIN = Pattern.compile(OURS, Pattern.CASE_INSENSITIVE);
    private static final Pattern PAGE = Pattern.compile(OURS + "([/?#].*)?", Pattern.CASE_INSENSITIVE);

    private final CrossSitePolicy rule = new CrossSitePolicy(Set.of(new Origin("https", "app.example", 8443)), false);

    @Tag("S-91")
    @Tag("G7")
    @FuzzTest(maxDuration = "2s")
    void admits(byte[] input) {
        String text = new String(input, StandardCharsets.ISO_8859_1)
                .lines()
                .findFirst()
                .orElse("");
        boolean isOrigin = ORIGIN.matcher(text).matches();

        assertThat(admits(Deed.CHANGING, List.of(text), List.of())).isEqualTo(isOrigin);
        assertThat(admits(Deed.CONNECTING, List.of(text), List.of())).isEqualTo(isOrigin);
        assertThat(admits(Deed.CHANGING, List.of(), List.of(text)))
                .isEqualTo(PAGE.matcher(text).matches());
        assertThat(admits(Deed.CONNECTING, List.of(), List.of(text))).isFalse();
        Optional<Origin> origin = Origin.parse(text);
        assertThat(origin.flatMap(parsed -> Origin.parse(written(parsed)))).isEqualTo(origin);
    }

    private boolean admits(Deed deed, List<String> origin, List<String> referer) {
        Origin own = new Origin("https", "shop.example", 443);
        return rule.admits(deed, new Traces(own, new Fetch(List.of(), List.of(), List.of()), origin, referer, true));
    }

    private static String written(Origin origin) {
        String host = origin.host().contains(":") ? "[" + origin.host() + "]" : origin.host();
        return origin.scheme() + "://" + host + (origin.port() < 0 ? "" : ":" + origin.port());
    }
}
