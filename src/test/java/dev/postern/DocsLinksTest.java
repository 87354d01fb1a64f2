package dev.postern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.testing.Documents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every link of the documents within the project points to something, and every page can be found. */
class DocsLinksTest {

    private static final int LINES_OF_README = 150;

    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("^#{1,6} (.+)$", Pattern.MULTILINE);
    private static final Pattern INLINE_LINK = Pattern.compile("!?\\[([^]]*)]\\([^)]*\\)");
    private static final Pattern NOT_IN_ANCHORS = Pattern.compile("[^\\p{L}\\p{N} _-]");

    @Test
    void everyLinkPointsToSomething() {
        for (Path page : Documents.all()) {
            assertThat(broken(page, Documents.text(page))).as(page.toString()).isEmpty();
        }
    }

    @Test
    void brokenLinksAreFound() {
        String text = "[a](README.md) [b](nowhere.md) [c](#here) [d](#there) [e](src/docs/limits.md#nowhere)\n# Here\n";

        assertThat(broken(Documents.README, text))
                .containsExactly("nowhere.md", "#there", "src/docs/limits.md#nowhere");
    }

    @Test
    void anchorsAreThoseOfGitHub() {
        assertThat(
                        anchors(
                                "# Signing in\n## `HttpSession`\n### TLS, hosts, proxies\n## [A](b.md) 800-63B\n## 503\n## 503\n"))
                .containsExactlyInAnyOrder(
                        "signing-in", "httpsession", "tls-hosts-proxies", "a-800-63b", "503", "503-1");
    }

    /** Records of decisions are behind an index of their own. */
    @Test
    void everyPageIsTwoClicksFromTheReadme() {
        Set<Path> reached = new HashSet<>(Set.of(Documents.README));
        for (int click = 0; click < 2; click++) {
            for (Path page : List.copyOf(reached)) {
                reached.addAll(pages(page));
            }
        }
        List<Path> pages = Documents.all().stream()
                .filter(page -> page.startsWith(Documents.PAGES))
                .filter(page -> !page.getFileName().toString().matches("\\d{4}-.*"))
                .toList();

        assertThat(pages).hasSizeGreaterThan(30);
        assertThat(reached).containsAll(pages);
    }

    @Test
    void indexLinksToEveryPage() {
        Path index = Documents.PAGES.resolve("index.md");
        List<Path> pages = Documents.all().stream()
                .filter(page -> page.startsWith(Documents.PAGES) && !page.equals(index))
                .filter(page -> !page.getFileName().toString().matches("\\d{4}-.*"))
                .toList();

        assertThat(pages(index)).containsAll(pages);
    }

    @Test
    void readmeIsShort() {
        assertThat(Documents.text(Documents.README).lines()).hasSizeLessThanOrEqualTo(LINES_OF_README);
    }

    private static Set<Path> pages(Path page) {
        Set<Path> pages = new HashSet<>();
        if (page.toString().endsWith(".md")) {
            for (String target : targets(Documents.text(page))) {
                Path file = file(page, target);
                if (file.toString().endsWith(".md") && Files.isRegularFile(file)) {
                    pages.add(file);
                }
            }
        }
        return pages;
    }

    private static List<String> broken(Path page, String text) {
        return targets(text).stream()
                .filter(target -> !leads(page, text, target))
                .toList();
    }

    private static boolean leads(Path page, String text, String target) {
        int hash = target.indexOf('#');
        if (hash == 0) {
            return anchors(text).contains(target.substring(1));
        }
        Path file = file(page, target);
        if (hash < 0 || !file.toString().endsWith(".md")) {
            return Files.exists(file);
        }
        return Files.isRegularFile(file) && anchors(Documents.text(file)).contains(target.substring(hash + 1));
    }

    private static Path file(Path page, String target) {
        int hash = target.indexOf('#');
        String path = hash < 0 ? target : target.substring(0, hash);
        return path.isEmpty() ? page : page.resolveSibling(path).normalize();
    }

    /** What the text links to within the project. */
    private static List<String> targets(String text) {
        List<String> targets = new ArrayList<>();
        Matcher link = LINK.matcher(Documents.withoutBlocks(text));
        while (link.find()) {
            if (!link.group(1).matches("[a-z]+:.*")) {
                targets.add(link.group(1));
            }
        }
        return targets;
    }

    private static Set<String> anchors(String text) {
        Map<String, Integer> counts = new HashMap<>();
        Set<String> anchors = new HashSet<>();
        Matcher heading = HEADING.matcher(Documents.withoutBlocks(text));
        while (heading.find()) {
            String words = INLINE_LINK.matcher(heading.group(1)).replaceAll("$1");
            String anchor = NOT_IN_ANCHORS
                    .matcher(words.strip().toLowerCase(Locale.ROOT))
                    .replaceAll("")
                    .replace(' ', '-');
            int before = counts.merge(anchor, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? anchor : anchor + "-" + before);
        }
        return anchors;
    }
}
